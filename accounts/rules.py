"""Pure rules about accounts: how a login is made and read, what a code is, where an account stands."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from core.text import strip_accents

PART_LENGTH = 30
NAMELESS = "personne"
# The longest thing that anyone types for a login: beyond it nothing is looked up.
TYPED_LENGTH = 200
# What the database keeps of an address.
EMAIL_LENGTH = 254
# A motto stays a line.
MOTTO_LENGTH = 100

_NOT_KEPT = re.compile(r"[^a-z0-9]+")
_APOSTROPHES_AND_HYPHENS = dict.fromkeys(map(ord, "-'’‘ʼ‐‑‒–"))


@lru_cache(maxsize=100_000)
def login_part(name: str) -> str:
    """One half of a login: letters and digits without accents, ligatures opened, other scripts
    transliterated, cut at 30; without digits at its end, so that numbers added later stay readable.
    A name of which nothing is left becomes « personne ».
    """
    kept = _NOT_KEPT.sub("", _ascii(name))[:PART_LENGTH].rstrip("0123456789")
    return kept or NAMELESS


def login_base(first_name: str, last_name: str) -> str:
    """First name, dot, name of use: at most 61 characters, of which the last is a letter."""
    return f"{login_part(first_name)}.{login_part(last_name)}"


def login_of(base: str, number: int) -> str:
    """The login of the `number`-th person of this base; the first bears no number."""
    return base if number == 1 else f"{base}{number}"


def normalise_login(typed: str) -> str:
    """What was typed at sign-in, as logins are kept: spaces around (no-break ones too), case, accents
    (composed or not), hyphens and apostrophes forgiven. '' for what can be no login.
    """
    if len(typed) > TYPED_LENGTH:
        return ""
    spaced = unicodedata.normalize("NFKC", typed)
    visible = "".join(c for c in spaced if unicodedata.category(c) not in {"Cf", "Cc"})
    return _ascii(visible.strip()).translate(_APOSTROPHES_AND_HYPHENS)


def _ascii(text: str) -> str:
    """Lower-case ASCII: Latin letters as names are folded everywhere, other scripts transliterated."""
    bare = strip_accents(text)
    return bare if bare.isascii() else anyascii(unicodedata.normalize("NFC", text)).lower()
