"""A file that has ended, both sites in memory, and the archive's work on it, for tests of the archive."""

import json
from collections import OrderedDict
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from contracts import archive, intake
from services.archive import actions
from services.archive.gateways import Sites
from tests.builders import Cupboard, Drawers, Papers, fact, on


def key_and_certificate() -> tuple[bytes, bytes]:
    """A key and a certificate as the set-up makes them for the office."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime(2016, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=365))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private, made.sign(key, hashes.SHA256()).public_bytes(pem)


KEY, CERTIFICATE = key_and_certificate()
OTHER_KEY, OTHER_CERTIFICATE = key_and_certificate()


class InMemory(Sites):
    """Both sites in memory, with the office's real seal."""

    def __init__(self, key: bytes = KEY, certificate: bytes = CERTIFICATE):
        self.primary, self.second, self.certificate = Cupboard(), Cupboard(), certificate
        self._at_hand = OrderedDict()
        self._key = load_pem_private_key(key, password=None)


class Closed:
    """A file that ended with so many papers, all in the primary store."""

    def __init__(self, papers: int = 3):
        self.sites, self.drawers, self.hands = InMemory(), Drawers(), Papers()
        self.hands.store = self.sites.primary
        self.documents = [self.hands.hand_in(f"berkas {n}") for n in range(papers)]
        self.due = fact(intake.ArchivingDue, documents=self.documents, closed_at=on(3, 10))

    def seal(self, times=1):
        for _ in range(times):
            self.drawers.let(actions.seal(self.sites, self.due))
        return self.drawers.heard(archive.BundleArchived)[-1]

    def replicate(self, sealed):
        self.drawers.let(actions.replicate(self.sites, sealed))
        return self.drawers.heard(archive.BundleReplicated)[-1]

    def stored(self, sealed, site=None) -> dict:
        return json.loads((site or self.sites.primary).proven(sealed.manifest))


def a_closed(resi: str, name: str, kind: str, day: int, drawers: Drawers | None = None) -> Closed:
    """A file of somebody's, closed in March 2016 and sealed."""
    file = Closed(1)
    file.drawers = drawers or file.drawers
    licence = file.hands.hand_in(f"izin {resi}") | {"kind": "licence", "number": f"503/{resi}"}
    record = {"licence_type": kind, "applicant": {"name": name}, "history": []}
    file.documents = [*file.documents, licence]
    known = {"application_id": f"file-{resi}", "resi": resi, "record": record, "closed_at": on(3, day)}
    file.due = fact(intake.ArchivingDue, documents=file.documents, **known)
    return file
