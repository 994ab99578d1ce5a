"""Names as people type them: folded for search, sorting and joining; keys as addresses and forms bring them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from uuid import UUID

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)
_APART = re.compile(r"[^a-z0-9]+")


def strip_accents(text: str) -> str:
    """Lower case, no accent, ligatures opened; other characters as they are."""
    lowered = unicodedata.normalize("NFKD", text.lower().replace("ẞ", "ss"))
    bare = "".join(c for c in lowered if not unicodedata.combining(c))
    return bare.translate(_LIGATURES)


def fold(text: str) -> str:
    """Letters and digits of `text` without accents or case, words parted by one space."""
    return _APART.sub(" ", strip_accents(text)).strip()


def squash(text: str) -> str:
    """`fold` without spaces: « Jean-Paul » and « jean paul » are one name."""
    return fold(text).replace(" ", "")


def uuid_of(text: str | None) -> UUID | None:
    """A UUID, or None where it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def uuids_of(texts: Iterable[str]) -> list[UUID]:
    """Those of these texts that are UUIDs, in their order."""
    return [uuid for text in texts if (uuid := uuid_of(text))]


def day_of(text: str) -> date | None:
    """A day as forms and addresses write it (`2026-09-01`), or None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
