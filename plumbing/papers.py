"""The papers of a room: typeset, kept in the primary store under their hash, and found again."""

import base64
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from contracts.documents import Document
from plumbing.documents import Renderer
from plumbing.object_store import ObjectStore


class Papers:
    """What a room needs to make papers and to read those it was handed."""

    def __init__(self, settings: Any):
        self.store = primary_store(settings)
        self.renderer = Renderer()
        self.public_url = str(settings.public_url).rstrip("/")
        self._seal = seal_of(settings)

    def file(self, kind: str, template: Path, data: dict, number: str | None) -> Document:
        """Typeset a paper and keep it. The same data gives the same bytes, so a repeated attempt is the same paper."""
        return self.keep(kind, self.renderer.render(template, data), number)

    def render_signed(self, template: Path, data: dict, *, reason: str, name: str, at: datetime) -> bytes:
        """A paper with the office's electronic signature; only a room that was given the key can make one."""
        key, certificate = self._seal
        return self.renderer.render_signed(
            template, data, key_pem=key, cert_pem=certificate, reason=reason, name=name, at=at
        )

    def keep(self, kind: str, pdf: bytes, number: str | None) -> Document:
        name = f"{kind} {number}.pdf".replace("/", "-") if number else f"{kind}.pdf"
        sha256 = self.store.put(pdf)
        return Document(kind=kind, name=name, sha256=sha256, size=len(pdf), media_type="application/pdf", number=number)

    def photo(self, sha256: str) -> str:
        """A picture of the store as a paper prints it, small, as base64: for a key that ends in `_photo`."""
        return base64.b64encode(self.renderer.reduced(self.store.get(sha256))).decode()

    def check_address(self, code: str) -> str:
        """Where anyone checks the paper that carries this code."""
        return f"{self.public_url}/periksa/{code}"

    def tracking_address(self, number: str) -> str:
        """Where the file with this number is followed: its resi, or the number it has before."""
        return f"{self.public_url}/lacak/{number}"

    @property
    def has_address(self) -> bool:
        """Whether people elsewhere can open our addresses."""
        return leads_here(self.public_url)


def leads_here(public_url: str) -> bool:
    """Whether the address brings people to us from wherever they are. Where none was set it leads to their own machine:
    then a paper says the way in words."""
    host = urlsplit(public_url).hostname or ""
    return host not in ("localhost", "::1") and not host.endswith(".localhost") and not host.startswith("127.")


def primary_store(settings: Any) -> ObjectStore:
    return ObjectStore(
        settings.primary_url,
        settings.primary_access_key,
        settings.primary_secret_key.get_secret_value(),
        settings.primary_bucket,
        settings.storage_key_bytes,
    )


def second_store(settings: Any) -> ObjectStore:
    return ObjectStore(
        settings.second_url,
        settings.second_access_key,
        settings.second_secret_key.get_secret_value(),
        settings.second_bucket,
        settings.storage_key_bytes,
    )


def seal_of(settings: Any) -> tuple[bytes, bytes] | None:
    """(private key, certificate) as PEM, for the rooms that sign or seal."""
    if not hasattr(settings, "signing_key"):
        return None
    return Path(settings.signing_key).read_bytes(), Path(settings.signing_certificate).read_bytes()
