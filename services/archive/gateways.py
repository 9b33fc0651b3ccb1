"""Windows of the archive: both sites, and the seal."""

import base64
import hashlib
from collections import OrderedDict
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from plumbing.object_store import Damaged, Missing, ObjectStore, StoreAway, StoreRefused, content_key
from plumbing.papers import primary_store, seal_of, second_store
from services.archive.model import Bundle, Check, Site, Wrong, to_bytes

ALGORITHM = "ecdsa-p256-sha256-rfc6979"
AT_HAND_BYTES = 16_000_000


class Sites:
    """The primary store, the second site, and the office's key to seal with."""

    def __init__(self, settings: Any):
        self.primary, self.second = primary_store(settings), second_store(settings)
        self._at_hand: OrderedDict[str, bytes] = OrderedDict()
        key, self.certificate = seal_of(settings)
        self._key = load_pem_private_key(key, password=None)

    def prove(self, name: str) -> None:
        """Read an object back from the primary store. `Missing` and `Damaged` say that it is not what it should be.

        What was proven stays at hand for the copy that follows at once, within limits.
        """
        self._at_hand[name] = self.primary.proven(name)
        while sum(map(len, self._at_hand.values())) > AT_HAND_BYTES:
            self._at_hand.popitem(last=False)

    def copy(self, name: str) -> None:
        """Bring an object to the second site, read back and compared there."""
        self.second.receive(name, self._at_hand.pop(name, None) or self.primary.proven(name))

    def check(self, site: Site, bundle: Bundle, at: datetime) -> Check:
        """Read everything of a bundle on one site and compare it with its hashes. A site that is away is no fault of
        the bundle."""
        store = self.primary if site == "primary" else self.second
        wrong: list[Wrong] = []
        names = {bundle.manifest: bundle.manifest} | {content_key(digest): digest for digest in bundle.objects}
        try:
            for name, told in names.items():
                if why := _wrong(store, name, bundle):
                    wrong.append(Wrong(name=told, why=why))
        except (StoreAway, StoreRefused):
            return Check(site=site, at=at, objects=0, away=True)
        return Check(site=site, at=at, objects=len(names), wrong=wrong)

    def seal(self, manifest: dict[str, Any]) -> bytes:
        """The manifest with its seal, as it is stored. Deterministic: the same manifest gives the same bytes."""
        signature = self._key.sign(to_bytes(manifest), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        certificate = self.certificate.decode()
        seal = {"algorithm": ALGORITHM, "signature": base64.b64encode(signature).decode(), "certificate": certificate}
        return to_bytes({"manifest": manifest, "seal": seal})


def _wrong(store: ObjectStore, name: str, bundle: Bundle) -> str | None:
    try:
        if name != bundle.manifest:
            store.proven(name)
        elif hashlib.sha256(store.get_named(name)).hexdigest() != bundle.manifest_sha256:
            return "damaged"
    except Missing:
        return "missing"
    except Damaged:
        return "damaged"
    return None


def seal_holds(sealed: dict[str, Any]) -> bool:
    """Whether the seal is that of the certificate it names. That the certificate is ours is for the reader to check."""
    certificate = load_pem_x509_certificate(sealed["seal"]["certificate"].encode())
    signature = base64.b64decode(sealed["seal"]["signature"])
    try:
        certificate.public_key().verify(signature, to_bytes(sealed["manifest"]), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
