"""Passwords are kept as scrypt hashes: `python -m qa.web.desk.passwords` prints one."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import re
import secrets
import sys

_COST, _BLOCK, _LANES = 2**14, 8, 1
_SHORTEST = 8
_FORM = re.compile(r"scrypt:(\d{4,7}):(\d{1,2}):(\d{1,2}):([0-9a-f]{16,64}):([0-9a-f]{64})")


def hash_password(password: str) -> str:
    """A salted hash of the password, as the desk's settings take it."""
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt:{_COST}:{_BLOCK}:{_LANES}:{salt.hex()}:{digest.hex()}"


def is_hash(text: str) -> bool:
    """Whether the text has the form of a hash."""
    return _FORM.fullmatch(text) is not None


def is_password(password: str, hash_: str) -> bool:
    """Whether the hash was made from this password."""
    found = _FORM.fullmatch(hash_)
    if found is None:
        return False
    cost, block, lanes, salt, digest = found.groups()
    made = _digest(password, bytes.fromhex(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(made, bytes.fromhex(digest))


def _digest(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=2**27, dklen=32
    )


def main() -> None:
    """Ask for a password twice and print its hash."""
    password = getpass.getpass("password: ")
    if len(password) < _SHORTEST:
        sys.exit(f"at least {_SHORTEST} characters, please")
    if getpass.getpass("again: ") != password:
        sys.exit("the two differ")
    print(hash_password(password))


if __name__ == "__main__":
    main()
