"""Names as people type them: folded for search, sorting and joining."""

import re
import unicodedata

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
