"""Secrets in links, and their fingerprints."""

import hashlib
import secrets


def new_secret() -> tuple[str, str]:
    """Return a secret for a link (43 characters, 256 bits) and the fingerprint to keep in its place."""
    secret = secrets.token_urlsafe(32)
    return secret, fingerprint(secret)


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal: enough for random secrets of 256 bits, never for passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
