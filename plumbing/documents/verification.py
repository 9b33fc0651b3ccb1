"""What a look at a signed paper says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Verification:
    """`ok` only when the bytes are those that were signed, nothing was added since, and the signer's certificate
    leads to a trusted root.

    `signer` is the name in the certificate, `at` the claimed time of signing (UTC), `reason` a stable English word:
    `good`, `unsigned`, `changed`, `untrusted`, `unreadable`.
    """

    ok: bool
    signer: str | None
    at: datetime | None
    reason: str
