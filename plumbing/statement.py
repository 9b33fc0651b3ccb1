"""Who acts, said and signed: a short-lived Ed25519 statement that every room checks for itself.

Two keys state: the office's (the gate, which has seen an officer's passphrase, and the command line) may state any
role; the portal's may state those who come from outside, applicants and the bank, and nobody else. The rooms hold
both public keys and believe the statement and the organisation data, never the caller.
"""

import base64
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from contracts.people import Actor
from values.refusal import Refusal

LIFETIME = timedelta(minutes=5)
ALGORITHM = "EdDSA"
AUDIENCE = "ptsp"
OUTSIDERS = ("applicant", "bank")  # the roles that the portal may state

Minter = Literal["office", "portal"]


class Keys(NamedTuple):
    """The public keys, base64 of 32 raw bytes, by who states with them."""

    office: str
    portal: str


class Stated(NamedTuple):
    """What a statement says: who acts, and whether they gave their passphrase for what they do now."""

    actor: Actor
    confirmed: bool
    by: Minter = "office"


def mint(
    actor: Actor,
    private_key: str,
    lifetime: timedelta = LIFETIME,
    *,
    by: Minter = "office",
    confirmed: bool = False,
) -> str:
    """State who acts. `private_key` is the base64 of 32 raw bytes, that of `by`; `confirmed`: the passphrase was given
    for this very act, as a signature asks."""
    now = datetime.now(UTC)
    claims = {"aud": AUDIENCE, "iat": now, "exp": now + lifetime, "actor": actor.model_dump(exclude_none=True)}
    if confirmed:
        claims["confirmed"] = True
    return jwt.encode(claims, _private(private_key), algorithm=ALGORITHM, headers={"kid": by})


@lru_cache(maxsize=4096)
def _verified(statement: str, keys: Keys) -> tuple[Stated, float]:
    """A signature stays true; only its time is looked at anew. Statements are reused within their minutes."""
    by = jwt.get_unverified_header(statement)["kid"]
    key = {"office": keys.office, "portal": keys.portal}[by]
    options = {"require": ["exp", "iat", "aud"], "verify_exp": False}
    claims = jwt.decode(statement, _public(key), algorithms=[ALGORITHM], audience=AUDIENCE, options=options)
    actor = Actor.model_validate(claims["actor"])
    if by == "portal" and actor.role not in OUTSIDERS:
        raise ValueError(f"the portal cannot state who is {actor.role}")
    return Stated(actor, claims.get("confirmed") is True, by), float(claims["exp"])


def verify(statement: str | None, keys: Keys, now: datetime) -> Stated:
    """Who acts, or a refusal that says why the statement does not hold."""
    remedy = "Masuk kembali lalu ulangi."
    if not isinstance(statement, str) or not statement:
        raise Refusal("unauthorised", "Perintah ini tidak disertai pernyataan siapa yang bertindak.", remedy=remedy)
    try:
        stated, expires = _verified(statement, keys)
    except (jwt.PyJWTError, ValueError, KeyError) as error:
        reason = "Pernyataan siapa yang bertindak tidak sah."
        raise Refusal("unauthorised", reason, remedy=remedy) from error
    if now.timestamp() > expires:
        raise Refusal("statement_expired", "Masa berlaku sesi Anda sudah lewat.", remedy=remedy)
    return stated


@lru_cache(maxsize=8)
def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key))


@lru_cache(maxsize=8)
def _public(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(key))


def public_key(private_key: str) -> str:
    """The public half of a private key, both base64 of 32 raw bytes."""
    return base64.b64encode(_private(private_key).public_key().public_bytes_raw()).decode()
