"""Activation codes: derived from the account and a counter, never stored.

An HMAC by a key kept outside the database: a code can be printed again, is renewed by the counter, and
no copy of the database gives it away.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

# No look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and no vowel, so that no code spells a word.
ALPHABET = "CDFGHJKMNPQRTWX34679"
LENGTH = 8
GROUP = 4


def code_of(uuid: UUID, counter: int) -> str:
    """The code of an account at this counter: eight characters, without the space that parts them."""
    return derive(settings.CARTABLE_CODE_KEY, uuid, counter)


def derive(key: str, uuid: UUID, counter: int) -> str:
    """`code_of` under a given key."""
    digest = hmac.new(key.encode(), f"{uuid}:{counter}".encode(), hashlib.sha256).digest()
    rest = int.from_bytes(digest)
    letters = []
    for _ in range(LENGTH):
        rest, index = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def printed(code: str) -> str:
    """As a letter shows it: two groups of four."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """A typed code without case, spaces or hyphens; '' for what can be no code."""
    bare = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""


def fits(typed: str, uuid: UUID, counter: int) -> bool:
    """Whether what was typed is this account's code, in constant time."""
    return hmac.compare_digest(read(typed), code_of(uuid, counter))
