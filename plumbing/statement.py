"""Who acts, said and signed: a short-lived Ed25519 statement that every room checks for itself.

Only the portal's sign-in and the command line hold the private key; the rooms hold the public one. A room believes the
statement and the organisation data, never the caller.
"""

import base64
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from contracts.people import Actor
from values.refusal import Refusal

LIFETIME = timedelta(minutes=5)
ALGORITHM = "EdDSA"
AUDIENCE = "ptsp"


def mint(actor: Actor, private_key: str, lifetime: timedelta = LIFETIME) -> str:
    """State who acts. `private_key` is the base64 of 32 raw bytes."""
    now = datetime.now(UTC)
    claims = {"aud": AUDIENCE, "iat": now, "exp": now + lifetime, "actor": actor.model_dump(exclude_none=True)}
    return jwt.encode(claims, _private(private_key), algorithm=ALGORITHM)


@lru_cache(maxsize=4096)
def _verified(statement: str, public_key: str) -> tuple[Actor, float]:
    """A signature stays true; only its time is looked at anew. Statements are reused within their minutes."""
    options = {"require": ["exp", "iat", "aud"], "verify_exp": False}
    claims = jwt.decode(statement, _public(public_key), algorithms=[ALGORITHM], audience=AUDIENCE, options=options)
    return Actor.model_validate(claims["actor"]), float(claims["exp"])


def verify(statement: str | None, public_key: str, now: datetime) -> Actor:
    """Who acts, or a refusal that says why the statement does not hold."""
    remedy = "Masuk kembali lalu ulangi."
    if not isinstance(statement, str) or not statement:
        raise Refusal("unauthorised", "Perintah ini tidak disertai pernyataan siapa yang bertindak.", remedy=remedy)
    try:
        actor, expires = _verified(statement, public_key)
    except (jwt.PyJWTError, ValueError, KeyError) as error:
        reason = "Pernyataan siapa yang bertindak tidak sah."
        raise Refusal("unauthorised", reason, remedy=remedy) from error
    if now.timestamp() > expires:
        raise Refusal("statement_expired", "Masa berlaku sesi Anda sudah lewat.", remedy=remedy)
    return actor


@lru_cache(maxsize=8)
def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key))


@lru_cache(maxsize=8)
def _public(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
