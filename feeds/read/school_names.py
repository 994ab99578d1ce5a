"""School names as people write them, out of the capitals in which feeds give them. Pure functions."""

import re

from core.text import fold
from feeds.read.values import clean

#: Words of the kinds of schools, with the accents that capitals lost.
_COMMON = {
    "ecole": "école",
    "ecoles": "écoles",
    "maternelle": "maternelle",
    "elementaire": "élémentaire",
    "primaire": "primaire",
    "publique": "publique",
    "privee": "privée",
    "intercommunale": "intercommunale",
    "intercommunal": "intercommunal",
    "communale": "communale",
    "specialisee": "spécialisée",
    "annexe": "annexe",
    "application": "application",
    "enfantine": "enfantine",
    "college": "collège",
    "groupe": "groupe",
    "scolaire": "scolaire",
    "regroupement": "regroupement",
    "pedagogique": "pédagogique",
    "mixte": "mixte",
    "plurilingue": "plurilingue",
}
_PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "et", "sur", "sous", "aux", "au", "en", "à", "a"}
)
_KEPT = frozenset({"rpi", "rpc", "ulis", "sivos", "sivu", "sivom", "zup", "zac", "epsm", "ime"})
_ROMAN = re.compile(r"(?=[ivx]{2,})x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def school_name(current: str, type_label: str = "") -> str:
    """`ENTStructureNomCourant` (`type$name`, or one of them) as a name to read.

    « ECOLE ELEMENTAIRE PUBLIQUE$ROSA PARKS-VILLEAUBIN » gives « École élémentaire publique Rosa
    Parks-Villeaubin ». A part that is not all in capitals was typed with care: it is left as it is.
    With no `$`, the text is the name, and its leading words of kind are told from the rest.
    """
    parts = [clean(part) for part in current.split("$")]
    parts = [part for part in parts if part]
    if not parts:
        return _kind_words(clean(type_label))
    if len(parts) == 1:
        kind, name = _split_kind(parts[0])
    else:
        kind, name = parts[0], " ".join(parts[1:])
    return " ".join(part for part in (_kind_words(kind), _proper_words(name)) if part)


def school_kind(*labels: str) -> str:
    """NURSERY, ELEMENTARY, PRIMARY or COLLEGE by the first label that says so; '' when none does.

    `ENTStructureTypeStruct` first, then its code (`E.M.PU`, `E.E.PU`, `E.P.PU`), then the name.
    """
    for label in labels:
        folded = fold(label)
        words = folded.split()
        for word, kind in _KINDS:
            if word in words:
                return kind
        if folded[:3] in _CODES:
            return _CODES[folded[:3]]
    return ""


_KINDS = (
    ("maternelle", "NURSERY"),
    ("elementaire", "ELEMENTARY"),
    ("primaire", "PRIMARY"),
    ("college", "COLLEGE"),
    ("clg", "COLLEGE"),
)
_CODES = {"e m": "NURSERY", "e e": "ELEMENTARY", "e p": "PRIMARY"}


def is_private(contract: str, type_label: str) -> bool:
    """By the contract (`PU` is public), else by the words of the type."""
    if contract:
        return not contract.upper().startswith("PU")
    return any(word in ("privee", "prive", "pr") for word in fold(type_label).split())


def _split_kind(text: str) -> tuple[str, str]:
    words = text.split()
    count = 0
    for word in words:
        if not all(piece in _COMMON or piece in ("d", "de") for piece in fold(word).split()):
            break
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _kind_words(text: str) -> str:
    if not text or not text.isupper():
        return text
    words = _WORD.sub(lambda match: _common(match[0]), text).replace("'", "’")
    return words[:1].upper() + words[1:]


def _common(word: str) -> str:
    lowered = word.lower()
    if lowered in _KEPT:
        return word
    return _COMMON.get(fold(word), lowered)


def _proper_words(text: str) -> str:
    if not text or not text.isupper():
        return text
    return _WORD.sub(lambda match: _proper(match[0], first=match.start() == 0), text).replace("'", "’")


def _proper(word: str, *, first: bool) -> str:
    lowered = word.lower()
    if lowered in _KEPT or (len(word) == 1 and lowered not in _PARTICLES) or _ROMAN.fullmatch(word):
        return word
    if not first and lowered in _PARTICLES:
        return lowered
    known = _COMMON.get(fold(word), lowered)
    return known[:1].upper() + known[1:]
