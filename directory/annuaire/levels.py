"""Classes in the order of school: CP before CE1, which the alphabet would not do."""

from core.text import fold
from directory.models import SchoolClass
from schools.enums import Level

_ORDER = {fold(level): n for n, level in enumerate(Level.values)}
_LAST = len(_ORDER)


def class_order(school_class: SchoolClass) -> tuple[int, str, int]:
    """Sort key: the first level that the label names (« PS-MS A », « Moyenne section »), then the label."""
    words = fold(school_class.label)
    named = [n for code, n in _ORDER.items() if code in words.split()]
    named += [n for level in Level for n in [_ORDER[fold(level)]] if fold(level.label) in words]
    return (min(named, default=_LAST), words, school_class.pk)
