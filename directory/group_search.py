"""Finding a group by the words of its name: its people, class, school, or its own; accents forgiven."""

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat, Lower, Replace

from accounts.enums import Profile
from core.text import fold
from directory.enums import GroupKind
from directory.labels import MEMBERS
from directory.models import Group
from directory.search import typed_words

# Letters that French names bear, and what one types for them: `translate` is a hundred times quicker
# than folding whole names, and an administrator reaches the groups of a thousand schools.
_ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ’'-«»"
_PLAIN = "aaaaaaceeeeiiiinooooouuuuyy     "


class _Translate(Func):
    function = "translate"
    arity = 3
    output_field = TextField()


def find_groups(groups: QuerySet[Group], typed: str) -> QuerySet[Group]:
    """The groups whose name has, for each typed word, one that begins so, in the order of `in_order`;
    none when nothing was typed. With their school and class."""
    words = typed_words(typed)
    if not words:
        return groups.none()
    title = Concat(
        Value(" "),
        Coalesce(F("school_class__label"), Value("")),
        Value(" "),
        F("name"),
        Value(" "),
        F("school__name"),
        output_field=TextField(),
    )
    plain = Replace(
        _Translate(Lower(title), Value(_ACCENTED), Value(_PLAIN)),
        Value("œ"),
        Value("oe"),
        output_field=TextField(),
    )
    found = groups.alias(plain=plain)
    for word in words:
        found = found.filter(Q(plain__contains=f" {word}") | _by_kind(word))
    return in_order(found)


def in_order(groups: QuerySet[Group]) -> QuerySet[Group]:
    """Classes first, then the school's, the direction, manual groups; with their school and class."""
    return groups.select_related("school", "school_class").order_by(
        "kind", "school__name", "school_class__label", "name", "profile", "pk"
    )


def _by_kind(word: str) -> Q:
    """What a group's name says of its people: « parents », « familles », « direction », « classe »."""
    profiles = [profile for profile, members in MEMBERS.items() if fold(members).startswith(word)]
    if "familles".startswith(word):
        profiles.append(Profile.RELATIVE)
    fits = Q(profile__in=profiles)
    if "direction".startswith(word):
        fits |= Q(kind=GroupKind.DIRECTION)
    if "classe".startswith(word):
        fits |= Q(kind=GroupKind.CLASS)
    return fits
