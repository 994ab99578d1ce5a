"""What schools have to look at before the new school year, for many at once: a few queries, whatever their number."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from core import sql
from core.text import fold
from directory.annuaire.levels import levels_named
from directory.duplicates import reasons
from directory.enums import ClassRole, GroupKind
from directory.models import Attachment, Block, ClassAttachment, Group, SchoolClass
from directory.querysets.duplicates import children_of
from directory.querysets.groups import groups_of_past_years
from directory.querysets.kept_out import blocks_in_force, kept_out, maybe_kept_out
from schools.enums import Level, SchoolKind
from schools.models import School
from schools.season import Counts, Standing

TEACHERS_LEFT, BY_HAND, NOT_ACTIVATED, AWAITING_INE = (
    "teachers-left", "by-hand", "not-activated", "awaiting-ine",
)  # fmt: skip
IDLE_TEACHERS, AWAITED_CLASSES, FIRST_LEVELS, AWAITING_CLASS = (
    "idle-teachers", "awaited-classes", "first-levels", "awaiting-class",
)  # fmt: skip
DUPLICATES, LETTERS, PAST_GROUPS, BLOCKS = "duplicates", "letters", "past-groups", "blocks"
NURSERY = frozenset({Level.TPS, Level.PS})
_LITTLE = "TPS-PS"


def _keys(stands: Sequence[Standing]) -> list[int]:
    return [stand.school.pk for stand in stands]


def accounts(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """By what their accounts are: the figures of the console's lists. Three queries at most."""
    keys = _keys(stands)
    maybe = maybe_kept_out(keys)
    out = list(User.objects.filter(maybe).filter(kept_out()).values_list("pk", flat=True)) if maybe else []
    rows = sql.rows("directory", "season_accounts", schools=keys, kept_out=out)
    names = {
        "teachers_left": TEACHERS_LEFT, "by_hand": BY_HAND, "not_activated": NOT_ACTIVATED,
        "awaiting_ine": AWAITING_INE,
    }  # fmt: skip
    return {key: {row["school_id"]: row[name] for row in rows} for name, key in names.items()}


def duplicates(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """How many look like somebody made after them, each school by itself. Three queries at most."""
    pairs = sql.rows("directory", "season_alike", schools=_keys(stands))
    if not pairs:
        return {DUPLICATES: {}}
    people = User.objects.in_bulk({key for pair in pairs for key in (pair["first"], pair["second"])})
    children = children_of(people.values())
    firsts = {
        (pair["school_id"], pair["first"])
        for pair in pairs
        if reasons(
            people[pair["first"]],
            people[pair["second"]],
            children=children[pair["first"]],
            others=children[pair["second"]],
        )
    }
    return {DUPLICATES: Counter(school for school, _ in firsts)}


def letters(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """How many letters of a first sign-in are for people who are new this year. One query."""
    since = [stand.opening for stand in stands]
    rows = sql.rows("directory", "season_letters", schools=_keys(stands), since=since)
    return {LETTERS: {row["school_id"]: row["letters"] for row in rows}}


def past_groups(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """Manual groups that serve a past year. One query."""
    groups = Group.objects.filter(groups_of_past_years(), school__in=_keys(stands), kind=GroupKind.MANUAL)
    return {PAST_GROUPS: dict(groups.order_by().values_list("school").annotate(n=Count("pk")))}


def blocks(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """Profiles that a block keeps out now. One query."""
    found = profile_blocks().filter(school__in=_keys(stands)).order_by().values_list("school")
    return {BLOCKS: dict(found.annotate(n=Count("profile", distinct=True)))}


def profile_blocks() -> QuerySet[Block]:
    return blocks_in_force().filter(school__isnull=False)


@dataclass(slots=True)
class Classes:
    """The classes of a school: of each, whether somebody teaches there. `levels` are those that have come."""

    here: dict[str, bool] = field(default_factory=dict)
    former: list[str] = field(default_factory=list)
    levels: set[Level] = field(default_factory=set)

    @property
    def awaited(self) -> list[str]:
        """Last year's of which nothing has come under their name; the twin of `classes_awaited`."""
        arrived = {fold(label) for label in self.here}
        return [label for label in self.former if fold(label) not in arrived]

    @property
    def without_teacher(self) -> list[str]:
        return [label for label, taught in self.here.items() if not taught]

    def first_levels(self, school: School) -> list[str]:
        """The first levels of the school, as it was last year, that nobody has come in."""
        formerly = {level for label in self.former for level in levels_named(label)}
        here = self.levels | {level for label in self.here for level in levels_named(label)}
        return [name for name, levels in entries_of(school, formerly) if not here & levels]


def entries_of(school: School, formerly: set[Level]) -> list[tuple[str, frozenset[Level]]]:
    """The levels by which pupils come into a school. `formerly`: those of its classes last year, which tell a
    primary school without its little ones, and a school of the second level, which begins with CE2."""
    little, cp, ce2 = (_LITTLE, NURSERY), ("CP", frozenset({Level.CP})), ("CE2", frozenset({Level.CE2}))
    if school.kind == SchoolKind.NURSERY:
        return [little]
    if school.kind == SchoolKind.PRIMARY:
        return [entry for entry in (little, cp) if not formerly or formerly & entry[1]]
    if school.kind == SchoolKind.ELEMENTARY:
        second = Level.CE2 in formerly and not formerly & {Level.CP, Level.CE1}
        return [ce2 if second else cp]
    return []


def classes_of(schools: Sequence[School]) -> dict[int, Classes]:
    """The classes of these schools, last year's and those that have come. Two queries."""
    found = {school.pk: Classes() for school in schools}
    years = {school.pk: (school.running_year or school.class_year or 0) for school in schools}
    pupils = ClassAttachment.objects.filter(
        school_class=OuterRef("pk"), role=ClassRole.PUPIL, ended_on__isnull=True
    )
    taught = ClassAttachment.objects.filter(
        school_class=OuterRef("pk"), role=ClassRole.TEACHER, ended_on__isnull=True
    )
    rows = (
        SchoolClass.objects.filter(
            school__in=list(found), year__in={y - n for y in years.values() for n in (0, 1)}
        )
        .annotate(opened=Exists(pupils), taught=Exists(taught))
        .order_by("label", "pk")
        .values_list("school", "year", "label", "opened", "taught", "school__class_year")
    )
    for school, year, label, opened, has_teacher, class_year in rows:
        if year == years[school] == class_year and opened:
            found[school].here[label] = found[school].here.get(label, True) and has_teacher
        elif year == years[school] - 1 and class_year is not None:
            found[school].former.append(label)
    placed = _placed(ClassRole.PUPIL)
    levels = Attachment.objects.filter(
        Exists(placed), school__in=list(found), ended_on__isnull=True, profile=Profile.PUPIL,
        school__class_year=F("school__running_year"), level__in=[*NURSERY, Level.CP, Level.CE2],
    )  # fmt: skip
    for school, level in levels.order_by().values_list("school", "level").distinct():
        found[school].levels.add(Level(level))
    return found


def classes(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """Classes and first levels that are awaited. Two queries. A school without a class has nothing to await."""
    found = classes_of([stand.school for stand in stands])
    schools = {stand.school.pk: stand.school for stand in stands}
    return {
        AWAITED_CLASSES: {key: len(each.awaited) for key, each in found.items()},
        FIRST_LEVELS: {
            key: len(each.first_levels(schools[key])) if schools[key].class_year else None
            for key, each in found.items()
        },
    }


def places(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """Teachers without a class, but heads; pupils who await one. Whoever has left awaits none. One query."""
    rows = (
        Attachment.objects.filter(
            school__in=_keys(stands),
            ended_on__isnull=True,
            person__absent_since__isnull=True,
            person__pre_deleted_on__isnull=True,
            person__merged_into__isnull=True,
            profile__in=[Profile.PUPIL, Profile.TEACHER],
        )
        .annotate(teaches=Exists(_placed(ClassRole.TEACHER)), learns=Exists(_placed(ClassRole.PUPIL)))
        .order_by()
        .values_list("school")
        .annotate(
            idle=Count("pk", filter=Q(profile=Profile.TEACHER, is_head=False, teaches=False)),
            waiting=Count("pk", filter=Q(profile=Profile.PUPIL, learns=False)),
        )
    )
    found: dict[str, dict[int, int | None]] = defaultdict(dict)
    for school, idle, waiting in rows:
        found[IDLE_TEACHERS][school] = idle
        found[AWAITING_CLASS][school] = waiting
    return {IDLE_TEACHERS: found[IDLE_TEACHERS], AWAITING_CLASS: found[AWAITING_CLASS]}


def _placed(role: ClassRole) -> QuerySet[ClassAttachment]:
    """Their place, now, in a class of the year of the school's classes that has a pupil."""
    pupils = ClassAttachment.objects.filter(
        school_class=OuterRef("school_class"), role=ClassRole.PUPIL, ended_on__isnull=True
    )
    rows = ClassAttachment.objects.filter(
        person=OuterRef("person"),
        role=role,
        ended_on__isnull=True,
        school_class__school=OuterRef("school"),
        school_class__year=OuterRef("school__class_year"),
    )
    return rows.filter(Exists(pupils)) if role == ClassRole.TEACHER else rows
