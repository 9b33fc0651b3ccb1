"""The short code on a paper by which anyone can check it."""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that looks like a digit


def verification_code(application_id: str, kind: str, number: str | None) -> str:
    """Twelve characters in three groups. The same paper always has the same code, and the number does not reveal it:
    the application id, which is random and not printed, goes into it."""
    digest = hashlib.sha256(f"{application_id}|{kind}|{number}".encode()).digest()
    value = int.from_bytes(digest[:8], "big")
    code = "".join(ALPHABET[(value >> shift) & 31] for shift in range(0, 60, 5))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"
