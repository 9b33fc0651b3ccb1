"""The electronic signature of a paper: PAdES B-B with EC P-256, as certification with no change permitted.

The signature is an addition to the finished PDF; it leaves the file's own description (XMP) alone and gives its
field an empty appearance, so that the PDF/A stays a PDF/A. There is no trusted time stamp: the time of signing is
the office's own word, and `verify` judges the certificate at the moment it is asked about.
"""

import io
import logging
from datetime import UTC, datetime
from functools import lru_cache

import pikepdf
from asn1crypto import pem, x509
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.parser import peek
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from plumbing.documents.errors import DocumentError
from plumbing.documents.verification import Verification

FIELD = "TandaTanganElektronik"
_CORNER = (0, 400.0, 30.0, 540.0, 34.0)
_EMPTY = StaticStampStyle(
    background=RawContent(b"", box=BoxConstraints(1, 1)),
    background_layout=SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins()),
    background_opacity=1.0,
    border_width=0,
)
# A broken or foreign signature is an answer here (`Verification.reason`), not something to warn about in the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self):
        """Leave XMP and the info dictionary alone: rewriting them breaks PDF/A."""


class _Signer(PdfSigner):
    at: datetime

    def init_signing_session(self, pdf_out, existing_fields_only=False):
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def sign(
    pdf: bytes,
    *,
    key_pem: bytes,
    cert_pem: bytes,
    reason: str,
    name: str,
    at: datetime,
    box: tuple[int, float, float, float, float] | None = None,
) -> bytes:
    """The same PDF, signed.

    `key_pem` is the signatory's EC P-256 key (PKCS#8), `cert_pem` the certificate followed by any intermediate ones;
    `name` and `reason` are shown by PDF readers, `at` is the time of signing with its zone. `box` is where a click
    shows the signature: (page from 0, x1, y1, x2, y2 in points). Raises `DocumentError` when the file is already
    certified or is no PDF, when the key is
    not the certificate's, or when the certificate is not valid at that time.
    """
    page, *rectangle = box or _CORNER
    own, reserved = _warm_signer(key_pem, cert_pem)
    if not own.signing_cert.not_valid_before <= at <= own.signing_cert.not_valid_after:
        raise DocumentError(f"the certificate of {name} is not valid on {at:%Y-%m-%d}")
    signer = _Signer(
        PdfSignatureMetadata(
            field_name=FIELD,
            name=name,
            reason=reason,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        signer=own,
        stamp_style=_EMPTY,
        new_field_spec=SigFieldSpec(FIELD, on_page=page, box=tuple(round(edge) for edge in rectangle)),
    )
    signer.at = at.astimezone(UTC)
    signed = io.BytesIO()
    try:
        writer = _Writer(io.BytesIO(pdf))
        if list(writer.prev.embedded_signatures):
            raise DocumentError("this document is already signed")
        signer.sign_pdf(writer, output=signed, bytes_reserved=reserved)
    except PdfReadError as error:
        raise DocumentError(f"not a readable PDF: {error}") from error
    return signed.getvalue()


def verify(pdf: bytes, trust_roots: bytes, at: datetime | None = None) -> Verification:
    """Whether a paper is ours and unchanged.

    `trust_roots` are PEM certificates; `at` is the moment at which the signer's certificate must have been valid
    (default now; an archive asks for the time of signing). Never raises for a bad paper: `reason` says what is wrong.
    """
    roots = _certificates(trust_roots)
    try:
        signatures = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
        if not signatures:
            return Verification(False, None, None, "unsigned")
        signature = signatures[0]
        context = ValidationContext(
            trust_roots=roots,
            moment=at.astimezone(UTC) if at else None,
            allow_fetching=False,
        )
        status = validate_pdf_signature(signature, context)
    except Exception:
        # Whatever a stranger's bytes provoke in the reader, the answer is that they cannot be read.
        return Verification(False, None, None, "unsigned" if _holds_no_signature(pdf) else "unreadable")
    signer = status.signing_cert.subject.native.get("common_name")
    when = status.signer_reported_dt
    untouched = status.intact and status.valid and status.docmdp_ok and len(signatures) == 1
    if not untouched or not _only_the_signature_is_unsigned(pdf, signature):
        return Verification(False, signer, when, "changed")
    if not status.bottom_line:
        return Verification(False, signer, when, "untrusted")
    return Verification(True, signer, when, "good")


def _holds_no_signature(pdf: bytes) -> bool:
    """Whether a less strict reader opens it, and nothing in it says which bytes are signed (never compressed)."""
    try:
        with pikepdf.open(io.BytesIO(pdf)):
            return b"/ByteRange" not in pdf
    except pikepdf.PdfError:
        return False


def _only_the_signature_is_unsigned(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the gap the signature cannot cover holds the signature itself, then zeros, and nothing else."""
    start, length, after, _ = (int(number) for number in signature.byte_range)
    contents = bytes(signature.pkcs7_content)
    signed_data = contents[: peek(contents)]
    room = after - start - length - 2
    return pdf[start + length : after] == b"<" + signed_data.hex().upper().encode().ljust(room, b"0") + b">"


@lru_cache(maxsize=16)
def _warm_signer(key_pem: bytes, cert_pem: bytes) -> tuple[SimpleSigner, int]:
    """The signatory's key and certificate, parsed once, and the room (in hexadecimal digits) their signature needs.

    Left to itself pyHanko signs everything twice to learn that size.
    """
    own, *others = _certificates(cert_pem)
    _, _, key = pem.unarmor(key_pem)
    if load_der_private_key(key, None).public_key() != load_der_x509_certificate(own.dump()).public_key():
        raise DocumentError("the signing key does not belong to the certificate")
    registry = SimpleCertificateStore()
    registry.register_multiple(others)
    signer = SimpleSigner(
        signing_cert=own,
        signing_key=PrivateKeyInfo.load(key),
        cert_registry=registry,
        embed_roots=False,
    )
    return signer, 2 * (1024 + sum(len(certificate.dump()) for certificate in (own, *others)))


def _certificates(text: bytes) -> list[x509.Certificate]:
    found = [x509.Certificate.load(der) for _, _, der in pem.unarmor(text, multiple=True)]
    if not found:
        raise DocumentError("no certificate given")
    return found
