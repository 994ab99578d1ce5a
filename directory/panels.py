"""What the directory tells on the home page: one's children, classes, schools; a pupil's tiles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from core import sql
from directory.annuaire.birthdays import TOLD_TO, birthdays_of
from directory.annuaire.children import Child, children_of, free_ties_of
from directory.annuaire.lines import function_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.enums import ClassRole, Party
from directory.models import Attachment, ClassAttachment, SchoolClass
from schools.enums import Level
from schools.models import School
from ui import children as by_child
from ui import panels, tiles
from ui.french import listed

COVERS = ("blue", "coral", "green", "violet", "yellow", "teal")
DRAWINGS = ("bird", "boat", "snail", "fox")
_CHILDREN = "_directory_children"


@dataclass(frozen=True, slots=True)
class ChildCover:
    """A child on their relative's home page: a cover, where they are, who teaches them."""

    child: Child
    cover: str
    drawing: str
    level: str
    teachers: str
    lines: Sequence[by_child.Line] = ()


@dataclass(slots=True)
class ClassFigures:
    """A class of mine in figures; `never` counts accounts never activated."""

    school_class: SchoolClass
    pupils: int = 0
    relatives: int = 0
    never_pupils: int = 0
    never_relatives: int = 0


@dataclass(slots=True)
class MySchool:
    """A school of mine and what I do there."""

    school: School
    functions: list[str] = field(default_factory=list)

    @property
    def function(self) -> str:
        return listed(self.functions)


def register() -> None:
    """Called by `ready()`."""
    by_child.provide(my_children)
    panels.register(
        panels.Panel(
            key="directory.children",
            order=10,
            template="directory/panels/children.html",
            predicate=_is(Profile.RELATIVE),
            context=children,
            top=True,
            per_child=True,
        )
    )
    panels.register(
        panels.Panel(
            key="directory.classes",
            order=20,
            template="directory/panels/classes.html",
            predicate=_is(Profile.TEACHER, Profile.STAFF),
            context=classes,
            later=True,
        )
    )
    panels.register(
        panels.Panel(
            key="directory.schools",
            order=30,
            template="directory/panels/schools.html",
            predicate=_is(Profile.TEACHER, Profile.STAFF, Profile.GUEST),
            context=schools,
            side=True,
        )
    )
    panels.register(
        panels.Panel(
            key="directory.pupil_class",
            order=10,
            template="directory/panels/pupil_class.html",
            predicate=_is(Profile.PUPIL),
            context=pupil_class,
            beside=True,
        )
    )
    panels.register(
        panels.Panel(
            key="directory.birthdays",
            order=40,
            template="directory/panels/birthdays.html",
            predicate=_is(*TOLD_TO),
            context=birthdays,
            side=True,
        )
    )
    _register_tiles()


def _register_tiles() -> None:
    tiles.register(
        tiles.Tile(key="class", order=60, label="Ma classe", drawing="class", cover="teal", url=_class_tile)
    )
    tiles.register(
        tiles.Tile(
            key="school", order=70, label="Mon école", drawing="school", cover="blue", url=_school_tile
        )
    )
    tiles.register(
        tiles.Tile(
            key="family", order=80, label="Ma famille", drawing="house", cover="orange", url=_family_tile
        )
    )


def my_children(request: HttpRequest) -> Sequence[by_child.Child]:
    """The children of whoever is signed in, for the tabs of the home page; the queries of `children_of`."""
    return [
        by_child.Child(child.pupil.pk, child.pupil.uuid, child.pupil.first_name)
        for child in children_in(request)
    ]


def children(request: HttpRequest) -> Mapping[str, Any] | None:
    """A cover for each child, or for the one whose tab is open, with what rooms tell of them. Six queries, and
    those of rooms."""
    me, chosen = viewer_of(request), by_child.chosen(request)
    found = [
        (n, child)
        for n, child in enumerate(children_in(request))
        if chosen is None or child.pupil.pk == chosen.key
    ]
    teachers = teachers_of([c for _, child in found for c in child.classes], me)
    told = by_child.lines_of(
        request, [each for each in by_child.of(request) if chosen is None or each == chosen]
    )
    covers = [
        ChildCover(
            child,
            COVERS[n % len(COVERS)],
            DRAWINGS[n % len(DRAWINGS)],
            level_label(child.level) if not child.classes else "",
            listed([name for c in child.classes for name in teachers[c.pk]]),
            told.get(child.pupil.pk, []),
        )
        for n, child in found
    ]
    return {"covers": covers}


def children_in(request: HttpRequest) -> list[Child]:
    """The children of whoever is signed in, read once for the request."""
    kept: list[Child] | None = getattr(request, _CHILDREN, None)
    if kept is None:
        me = viewer_of(request)
        kept = children_of(me) if me.person.profile == Profile.RELATIVE else []
        setattr(request, _CHILDREN, kept)
    return kept


def classes(request: HttpRequest) -> Mapping[str, Any] | None:
    """My classes in figures; that there is none yet is told to teachers, but for the direction."""
    me = viewer_of(request)
    mine = me.own_classes
    awaiting = me.person.profile == Profile.TEACHER and not me.standpoint.circle
    if not mine and not awaiting:
        return None
    return {"classes": figures_of(mine), "opens": me.person.profile == Profile.TEACHER}


def schools(request: HttpRequest) -> Mapping[str, Any] | None:
    """My schools and what I do there. Two queries."""
    me = viewer_of(request)
    mine = {school.pk: MySchool(school) for school in me.own_schools}
    if not mine:
        return None
    attachments = Attachment.objects.filter(
        person_id=me.person.pk, ended_on__isnull=True, school_id__in=list(mine)
    )
    for attachment in attachments.order_by("school_id"):
        function = function_of(attachment)
        if function:
            mine[attachment.school_id].functions.append(function)
    return {"schools": list(mine.values())}


def pupil_class(request: HttpRequest) -> Mapping[str, Any] | None:
    """My class and who teaches it, in a pupil's words."""
    me = viewer_of(request)
    mine = me.own_classes
    teachers = teachers_of(mine, me)
    return {"classes": [{"school_class": c, "teachers": teachers[c.pk]} for c in mine]}


def birthdays(request: HttpRequest) -> Mapping[str, Any] | None:
    """Those of my class in the next days; none, no panel. A query."""
    found = birthdays_of(viewer_of(request))
    return {"birthdays": found} if found else None


def figures_of(mine: list[SchoolClass]) -> list[ClassFigures]:
    """Pupils and relatives of classes, and how many never activated their account. Two queries."""
    found = {school_class.pk: ClassFigures(school_class) for school_class in mine}
    pupils = ClassAttachment.objects.filter(
        school_class_id__in=list(found),
        role=ClassRole.PUPIL,
        ended_on__isnull=True,
        person__pre_deleted_on__isnull=True,
    ).values_list("school_class_id", "person_id", "person__activated_at")
    class_of: dict[int, set[int]] = defaultdict(set)
    for class_id, person_id, activated_at in pupils:
        class_of[person_id].add(class_id)
        found[class_id].pupils += 1
        found[class_id].never_pupils += activated_at is None
    relatives: dict[int, dict[int, bool]] = defaultdict(dict)
    ties = free_ties_of(list(class_of)).filter(relative__pre_deleted_on__isnull=True)
    for pupil_id, relative_id, activated_at in ties.values_list(
        "pupil_id", "relative_id", "relative__activated_at"
    ):
        for class_id in class_of[pupil_id]:
            relatives[class_id][relative_id] = activated_at is None
    for class_id, activation in relatives.items():
        found[class_id].relatives = len(activation)
        found[class_id].never_relatives = sum(activation.values())
    return list(found.values())


def teachers_of(mine: list[SchoolClass], viewer: Viewer) -> dict[int, list[str]]:
    """The teachers of classes within the viewer's reach, by class, as families and pupils say their names. One
    query, two where the school's rule does not reach them whole."""
    rows = sql.called("directory_teachers", [school_class.pk for school_class in mine]) if mine else []
    me = viewer.standpoint
    near, wide = (each.get(Party.TEACHER, frozenset()) for each in (me.near, me.wide))
    if rows and not all(each.pk in near or each.school_id in wide for each in mine):
        known = viewer.people.filter(pk__in=[row["person"] for row in rows])
        within = set(known.values_list("pk", flat=True))
        rows = [row for row in rows if row["person"] in within]
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row["class_key"]].append(polite(row["civility"], row["first_name"], row["last_name"]))
    return found


def polite(civility: str, first_name: str, last_name: str) -> str:
    """« Mme Lefèvre », as families and pupils say; the whole name where the civility is not known."""
    return f"{civility or first_name} {last_name}"


def level_label(code: str) -> str:
    """« moyenne section » from ONDE's code; what is not known of us is said as it is."""
    return str(Level(code).label) if code in Level.values else code


def _class_tile(request: HttpRequest) -> str | None:
    return reverse("annuaire:index") if viewer_of(request).own_classes else None


def _school_tile(request: HttpRequest) -> str | None:
    return reverse("annuaire:schools") if viewer_of(request).own_schools else None


def _family_tile(request: HttpRequest) -> str | None:
    me = viewer_of(request)
    guardians = me.standpoint.guardians
    has_family = bool(guardians) and User.objects.present().filter(pk__in=guardians).exists()
    return reverse("annuaire:person", args=[me.person.uuid]) if has_family else None


def _is(*profiles: Profile) -> Any:
    return lambda request: isinstance(request.user, User) and request.user.profile in profiles
