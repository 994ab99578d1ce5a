"""Values as files write them, made plain: texts, dates, INE, UAI, telephones, levels. Pure functions."""

import html
import re
import unicodedata
from datetime import date
from functools import lru_cache

from core.text import fold, squash
from feeds.read.codes import Code

#: The longest that the directory can keep, in characters.
LONGEST = {
    "key": 60,
    "last_name": 120,
    "birth_name": 120,
    "first_name": 120,
    "other_first_names": 200,
    "email": 254,
    "phone": 30,
    "address": 1000,
    "postal_code": 12,
    "city": 120,
    "country": 80,
    "label": 120,
    "school_name": 200,
}
#: A name of 120 characters fits every short field; a longer value is looked at field by field.
SHORT = 12

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_DATE = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))"
    r"(?:[T ]00:00(?::00)?)?"
)
_INE = re.compile(r"[0-9]{9}[A-Z]{2}|[0-9A-Z]{10}[A-Z]")
_UAI = re.compile(r"[0-9]{7}[A-Z]")
_OLDEST = 1900


def clean(text: str | None) -> str:
    """NFC, entities escaped twice opened once, white space (no-break too) made single spaces; '' for None."""
    if not text:
        return ""
    if text.isascii() and text.isprintable() and "&" not in text and "  " not in text:
        return text.strip(" ")
    if "&" in text:
        text = _ENTITY.sub(_open_entity, text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


def clean_lines(text: str | None, *, mark: str = "\n") -> str:
    """As `clean`, line by line: `mark` parts the lines, empty ones at either end are dropped."""
    if not text:
        return ""
    return "\n".join(clean(line) for line in text.split(mark)).strip("\n")


def _open_entity(match: re.Match[str]) -> str:
    return html.unescape(match[0])


@lru_cache(maxsize=65536)
def read_date(text: str) -> str | None:
    """`dd/mm/yyyy` or `yyyy-mm-dd` (one-digit days and months too) as an ISO string, None for ''.

    Raises ValueError with the code as its only argument: BIRTH_DATE_UNREADABLE for another shape,
    BIRTH_DATE_IMPOSSIBLE for a day that never was or a year before 1900.
    """
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(Code.BIRTH_DATE_UNREADABLE)
    year, month, day = (int(match[a] or match[b]) for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2")))
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(Code.BIRTH_DATE_IMPOSSIBLE) from None
    if year < _OLDEST:
        raise ValueError(Code.BIRTH_DATE_IMPOSSIBLE)
    return found.isoformat()


def birth_date(text: str, *, latest: str) -> tuple[str | None, Code | None]:
    """The ISO date, or None and what is wrong with it; `latest` is the ISO day after which nobody is born."""
    if not text:
        return None, Code.BIRTH_DATE_MISSING
    try:
        found = read_date(text)
    except ValueError as error:
        return None, error.args[0]
    if found is not None and found > latest:
        return None, Code.BIRTH_DATE_FUTURE
    return found, None


def read_ine(text: str) -> tuple[str, bool, Code | None]:
    """The INE in capitals, whether it may join two records, and what is wrong with it.

    By shape alone (`formats.md`): nine digits and two letters, or ten digits or letters and one letter.
    A placeholder (no digit at all, nothing but zeros, one character repeated) is no INE.
    """
    ine = "".join(text.split()).upper()
    if not ine:
        return "", False, None
    digits = [c for c in ine if c.isdigit()]
    if not digits or set(digits) == {"0"} or len(set(ine)) == 1:
        return "", False, Code.INE_PLACEHOLDER
    if _INE.fullmatch(ine) is None:
        return ine[:20], False, Code.INE_MALFORMED
    return ine, True, None


def read_uai(text: str) -> str:
    """The UAI in capitals, '' when it has not seven digits and a letter."""
    uai = squash(text).upper()
    return uai if _UAI.fullmatch(uai) else ""


def read_flag(text: str) -> bool | None:
    """`O`/`N`, `oui`/`non`, `1`/`0`, any case; None for anything else."""
    return _FLAGS[text] if text in _FLAGS else _FLAGS.get(text.strip().casefold())


_FLAGS = {
    "o": True,
    "oui": True,
    "1": True,
    "vrai": True,
    "n": False,
    "non": False,
    "0": False,
    "faux": False,
}


@lru_cache(maxsize=4096)
def read_civility(text: str) -> str:
    """« M. », « Mme » or ''."""
    return _CIVILITIES.get(squash(text), "")


_CIVILITIES = {
    "m": "M.", "mr": "M.", "monsieur": "M.",
    "mme": "Mme", "madame": "Mme", "mlle": "Mme", "melle": "Mme", "mademoiselle": "Mme",
}  # fmt: skip

_PUNCTUATION_OF_PHONES = str.maketrans("", "", " \t\u00a0\u202f.-/()")


def read_phone(text: str) -> str:
    """Digits alone, with the zero that a spreadsheet takes away; what is no number is kept as written."""
    bare = text.translate(_PUNCTUATION_OF_PHONES)
    if not bare.isdigit():
        return text.strip() if not (bare.startswith("+") and bare[1:].isdigit()) else bare
    if len(bare) == 9 and bare[0] != "0":
        return "0" + bare
    return bare


def read_postal_code(text: str, country: str = "") -> str:
    """A French code saved again as a number has lost its zero: four digits get it back, but abroad."""
    code = text.strip()
    if len(code) == 4 and code.isdigit() and fold(country) in ("", "france"):
        return "0" + code
    return code


@lru_cache(maxsize=1024)
def read_level(text: str) -> str | None:
    """ONDE's code of a level given in words or as a code; '' for '', None when unknown."""
    if not text:
        return ""
    folded = fold(text)
    return _LEVELS.get(folded) or _LEVELS.get(folded.replace(" ", ""))


_LEVELS = {
    **{code.lower(): code for code in ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "ULIS")},
    "toute petite section": "TPS",
    "tres petite section": "TPS",
    "petite section": "PS",
    "moyenne section": "MS",
    "grande section": "GS",
    "cours preparatoire": "CP",
    **{
        f"cours {name} {rank}{year}": f"{code}{number}"
        for name, code in (("elementaire", "CE"), ("moyen", "CM"))
        for number, ranks in (
            ("1", ("1ere", "1re", "premiere", "1")),
            ("2", ("2eme", "2e", "2nde", "deuxieme", "2")),
        )
        for rank in ranks
        for year in (" annee", "")
    },
    "clis": "ULIS",
    "ulis ecole": "ULIS",
    "unite localisee pour l inclusion scolaire": "ULIS",
}


@lru_cache(maxsize=8192)
def label_key(label: str) -> str:
    """What makes two labels of a CSV one class: spaces and case do not count, all else does."""
    return " ".join(label.split()).casefold()
