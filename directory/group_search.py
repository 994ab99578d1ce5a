"""Finding a group by the words of its name: its people, class, school, or its own; accents forgiven."""

from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from accounts.enums import Profile
from core.text import fold
from directory.enums import GroupKind
from directory.labels import MEMBERS
from directory.models import Group
from directory.search import typed_words

# Letters that classes' labels bear, and what one types for them: folding whole labels takes ten times as
# long, and an administrator reaches the groups of a thousand schools.
_ACCENTED = "àâäçéèêëîïôöùûü’'-/()"
_PLAIN = "aaaceeeeiioouuu      "


def find_groups(groups: QuerySet[Group], typed: str) -> QuerySet[Group]:
    """The groups whose name has, for each typed word, one that begins so, in the order of `in_order`;
    none when nothing was typed. With their school and class. A query, for the schools, before its own."""
    words = typed_words(typed)
    if not words:
        return groups.none()
    schools = groups.order_by().values_list("school_id", "school__name").distinct()
    folded = {pk: f" {fold(name)}" for pk, name in schools}
    label = Func(
        "school_class__folded_label",
        Value(_ACCENTED),
        Value(_PLAIN),
        function="translate",
        output_field=TextField(),
    )
    name = Func("name", function="core_fold", output_field=TextField())
    found = groups.alias(
        class_words=Concat(Value(" "), label, output_field=TextField()),
        own_words=Concat(Value(" "), name, output_field=TextField()),
    )
    for word in words:
        near = [pk for pk, name in folded.items() if f" {word}" in name]
        if len(near) == len(folded):
            continue
        found = found.filter(
            Q(school_id__in=near)
            | Q(class_words__contains=f" {word}")
            | Q(kind=GroupKind.MANUAL, own_words__contains=f" {word}")
            | _by_kind(word)
        )
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
