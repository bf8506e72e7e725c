"""Digests of bytes: BLAKE2b (RFC 7693), of which 16 bytes are enough to tell all files of a site apart."""

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL first, which takes as long as to walk a small site.
except ImportError:
    from hashlib import blake2b

__all__ = ["SIZE", "blake2b", "digest_of"]

SIZE = 16


def digest_of(data: bytes) -> bytes:
    """The digest of these bytes."""
    return blake2b(data, digest_size=SIZE).digest()
