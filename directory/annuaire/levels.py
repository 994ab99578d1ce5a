"""Classes in the order of school: CP before CE1, which the alphabet would not do."""

from core.text import fold
from directory.models import SchoolClass
from schools.enums import Level

_ORDER = {fold(level): n for n, level in enumerate(Level.values)}
_LEVELS = list(Level)
_LAST = len(_ORDER)


def class_order(school_class: SchoolClass) -> tuple[int, str, int]:
    """Sort key: the first level that the label names (« PS-MS A », « Moyenne section »), then the label."""
    words = fold(school_class.label)
    return (min(_named(words), default=_LAST), words, school_class.pk)


def levels_named(label: str) -> set[Level]:
    """The levels that a class's label names: « GS-CP » two."""
    return {_LEVELS[n] for n in _named(fold(label))}


def _named(words: str) -> set[int]:
    named = {n for code, n in _ORDER.items() if code in words.split()}
    # « Toute petite section » does not name « petite section » too.
    said = [level for level in Level if fold(level.label) in words]
    whole = [each for each in said if not any(each != o and fold(each.label) in fold(o.label) for o in said)]
    return named | {_ORDER[fold(level)] for level in whole}
