"""The office's own certificates: one authority, and a signing certificate for each official who signs.

A city that buys certificates from a national provider does not need this file; a private installation and the
tests do. Keys are EC P-256, unencrypted PKCS#8: whoever calls keeps them in a file of mode 600 or a secret store.
"""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class KeyAndCertificate:
    """A private key and its certificate, both PEM. The key never shows itself when printed."""

    key_pem: bytes = field(repr=False)
    cert_pem: bytes


def new_authority(name: str, organisation: str, begins: datetime, ends: datetime) -> KeyAndCertificate:
    """A self-signed root that may issue signing certificates and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, organisation)
    builder = _certificate(subject, subject, key.public_key(), begins, ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return _pair(key, builder.sign(key, SHA256()))


def new_signatory(
    authority: KeyAndCertificate, name: str, organisation: str, begins: datetime, ends: datetime
) -> KeyAndCertificate:
    """A key and certificate with which the official `name` signs documents until `ends`."""
    issuer_key = load_pem_private_key(authority.key_pem, password=None)
    issuer = x509.load_pem_x509_certificate(authority.cert_pem)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _certificate(_name(name, organisation), issuer.subject, key.public_key(), begins, ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False
    )
    return _pair(key, builder.sign(issuer_key, SHA256()))


def _name(name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _certificate(subject, issuer, public_key, begins: datetime, ends: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in _USAGES})


def _pair(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> KeyAndCertificate:
    return KeyAndCertificate(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate.public_bytes(Encoding.PEM),
    )
