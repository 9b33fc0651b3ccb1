"""The electronic signature of a paper, and what a look at a forged one says."""

import io
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from plumbing.documents import DocumentError, certificates, signing, typesetting
from plumbing.documents.data_contract import example_of

LICENCE = Path(__file__).resolve().parents[2] / "services/issuance/templates/licence.typ"
WIB = timezone(timedelta(hours=7))
BEGINS, ENDS = datetime(2016, 1, 1, tzinfo=WIB), datetime(2066, 1, 1, tzinfo=WIB)
SIGNED_AT = datetime(2016, 11, 28, 11, 20, tzinfo=WIB)
HEAD = "Kepala Badan Pelayanan Perizinan Terpadu"


def signature(pair, **changes):
    wanted = {"reason": "Penerbitan izin", "name": "Drs. Bambang Wiratmaja, M.Si.", "at": SIGNED_AT}
    return {"key_pem": pair.key_pem, "cert_pem": pair.cert_pem, **wanted, **changes}


@pytest.fixture(scope="module")
def authority():
    return certificates.new_authority("Otoritas Sertifikat PTSP", "Pemerintah Kota Bekasi", BEGINS, ENDS)


@pytest.fixture(scope="module")
def head(authority):
    return certificates.new_signatory(authority, HEAD, "Pemerintah Kota Bekasi", BEGINS, ENDS)


@pytest.fixture(scope="module")
def paper():
    return typesetting.typeset(LICENCE, example_of(LICENCE))


@pytest.fixture(scope="module")
def signed(paper, head):
    return signing.sign(paper.pdf, box=paper.signature_box, **signature(head))


def test_a_signed_licence_verifies_with_its_signer_and_time(signed, authority):
    verdict = signing.verify(signed, authority.cert_pem)
    assert (verdict.ok, verdict.signer, verdict.at, verdict.reason) == (True, HEAD, SIGNED_AT, "good")


def test_signing_only_adds_to_the_paper_and_leaves_its_description_alone(paper, signed):
    assert signed.startswith(paper.pdf)
    with pikepdf.open(io.BytesIO(paper.pdf)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert after.open_metadata().pdfa_status == "2B"


def test_the_signature_stands_in_its_box_with_an_appearance_and_permits_no_change(paper, signed):
    with pikepdf.open(io.BytesIO(signed)) as document:
        field = document.Root.AcroForm.Fields[0]
        assert [float(edge) for edge in field.Rect] == pytest.approx(paper.signature_box[1:], abs=1)
        assert "/N" in field.AP
        assert int(field.V.Reference[0].TransformParams.P) == 1
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert str(field.V.Reason) == "Penerbitan izin"


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.97, 0.999])
def test_one_changed_byte_anywhere_spoils_it(signed, authority, share):
    position = int(len(signed) * share)
    changed = signed[:position] + bytes([signed[position] ^ 1]) + signed[position + 1 :]
    assert not signing.verify(changed, authority.cert_pem).ok


def test_nothing_can_be_hidden_beside_the_signature(signed, authority):
    """The gap a PDF signature cannot cover is checked byte by byte instead."""
    gap = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", gap)
    assert signed[end - 40 : end] == b"0" * 40
    hidden = signed[: end - 4] + b"BEEF" + signed[end:]
    assert signing.verify(hidden, authority.cert_pem).reason == "changed"


def test_something_added_afterwards_is_a_change(signed, authority):
    writer, added = IncrementalPdfFileWriter(io.BytesIO(signed)), io.BytesIO()
    writer.root["/Added"] = NumberObject(1)
    writer.update_root()
    writer.write(added)
    assert signing.verify(added.getvalue(), authority.cert_pem).reason == "changed"


def test_a_stranger_who_signs_is_not_trusted(paper, authority):
    stranger = certificates.new_authority("Otoritas Sertifikat PTSP", "Pemerintah Kota Bekasi", BEGINS, ENDS)
    forger = certificates.new_signatory(stranger, HEAD, "Pemerintah Kota Bekasi", BEGINS, ENDS)
    forged = signing.sign(paper.pdf, **signature(forger))
    assert signing.verify(forged, stranger.cert_pem).ok
    assert signing.verify(forged, authority.cert_pem).reason == "untrusted"


def test_an_expired_certificate_counts_at_the_time_of_signing_only(paper, authority):
    ends = datetime(2018, 1, 1, tzinfo=WIB)
    retired = certificates.new_signatory(authority, HEAD, "Pemerintah Kota Bekasi", BEGINS, ends)
    signed = signing.sign(paper.pdf, **signature(retired))
    assert signing.verify(signed, authority.cert_pem).reason == "untrusted"
    assert signing.verify(signed, authority.cert_pem, at=SIGNED_AT).ok
    with pytest.raises(DocumentError, match="not valid on 2019-01-01"):
        signing.sign(paper.pdf, **signature(retired, at=datetime(2019, 1, 1, tzinfo=WIB)))


def test_unsigned_and_unreadable_are_told_apart(paper, authority):
    assert signing.verify(paper.pdf, authority.cert_pem).reason == "unsigned"
    for junk in (b"", b"not a pdf", b"%PDF-1.7\n" + b"\x00" * 200):
        assert signing.verify(junk, authority.cert_pem).reason == "unreadable"


def test_what_cannot_be_signed_says_why(paper, signed, authority, head):
    with pytest.raises(DocumentError, match="already signed"):
        signing.sign(signed, **signature(head))
    with pytest.raises(DocumentError, match="not a readable PDF"):
        signing.sign(b"not a pdf", **signature(head))
    with pytest.raises(DocumentError, match="does not belong"):
        signing.sign(paper.pdf, **signature(head, key_pem=authority.key_pem))


def test_a_private_key_never_shows_itself_when_printed(head):
    assert "PRIVATE" not in repr(head) and "CERTIFICATE" in repr(head)
