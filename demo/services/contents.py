"""The demo's people have lived here: folders, photos, shares of every kind, so that a first look shows some.

Everything is done by the services that pages call, in each person's own name; what a rule refuses to
somebody is left out.
"""

from functools import lru_cache
from io import BytesIO
from typing import TypedDict

from accounts.enums import Profile
from accounts.models import User
from core.progress import SILENT, Progress
from core.storage.services import receive
from demo.accounts import Chosen, Role, chosen
from demo.contents import papers, pictures, shelves
from demo.contents.shelves import Item, Shelf
from directory.enums import GroupKind
from directory.models import Attachment, ClassAttachment, Favourite, Group, Guardianship
from directory.services import favourites, groups
from documents.services.comments import comment
from documents.services.files import add, replace
from documents.services.folders import create_folder
from documents.services.stars import star
from documents.services.trash import trash
from schools.models import School
from sharing.models import Resource
from sharing.services.share import share

SHELVES = {
    Role.TEACHER: shelves.TEACHER,
    Role.DIRECTOR: shelves.DIRECTOR,
    Role.PUPIL: shelves.PUPIL,
    Role.RELATIVE: shelves.RELATIVE,
}
CHOIR = "Chorale"
GARDENERS = "Les jardiniers"


class Whom(TypedDict, total=False):
    """Recipients, as `share` takes them."""

    persons: list[User]
    groups: list[Group]
    favourites: list[Favourite]


def fill(*, progress: Progress = SILENT) -> int:
    """Gives each of the demo's people what they keep; who keeps something already is left alone. Answers how
    many were given something."""
    people = {each.person.pk: each for each in chosen() if each.role in SHELVES}
    owners = set(Resource.objects.filter(owner__in=people).values_list("owner_id", flat=True))
    waiting = [each for pk, each in people.items() if pk not in owners]
    if waiting:
        progress.step("Documents et partages", len(waiting))
    for each in waiting:
        for shelf in SHELVES[each.role]:
            _put(shelf, each, parent=None)
        progress.advance()
    return len(waiting)


def _put(shelf: Shelf, of: Chosen, *, parent: Resource | None) -> None:
    folder = create_folder(by=of.person, title=shelf.name, parent=parent)
    files = [
        (item, _file(item, of, folder, seed=of.person.pk % 5 + number if "picture" in item.make else 0))
        for number, item in enumerate(shelf.items)
    ]
    for inner in shelf.inside:
        _put(inner, of, parent=folder)
    for audience, right in shelf.shared:
        whom = _whom(audience, of)
        if any(whom.values()):
            share(by=of.person, resource=folder, role=right, **whom)
        for reader in whom.get("persons", [])[:1]:
            for item, file in files:
                if item.said:
                    comment(by=reader, resource=file, text=item.said)
    if shelf.starred:
        star(by=of.person, resource=folder)
    if shelf.trashed:
        trash(by=of.person, resources=[folder])


def _file(item: Item, of: Chosen, folder: Resource, *, seed: int) -> Resource:
    """A file as the pages make it: sent, perhaps replaced since, perhaps starred."""
    made: Resource | None = None
    for paragraphs in [each for each in (item.before, item.paragraphs) if each] or [()]:
        received = receive(file=BytesIO(_content(item, paragraphs, seed=seed)), name=item.name)
        if made is None:
            made = add(by=of.person, blob=received.blob, name=received.name, folder=folder)
        else:
            made = replace(by=of.person, resource=made, blob=received.blob, name=received.name)
    assert made is not None
    if item.starred:
        star(by=of.person, resource=made)
    return made


@lru_cache(maxsize=64)
def _content(item: Item, paragraphs: tuple[str, ...], *, seed: int) -> bytes:
    if item.make == "pdf":
        return papers.pdf(item.name.rpartition(".")[0], paragraphs)
    if item.make == "text":
        return papers.text(item.name.rpartition(".")[0], paragraphs)
    return pictures.jpeg(item.make.removeprefix("picture:"), seed)


def _whom(audience: str, of: Chosen) -> Whom:
    """The recipients of an audience of `demo.contents.shelves`."""
    pupils = _pupils(of)
    if audience in {"class", "families", "team"}:
        return {"groups": _scolarity(audience, of)}
    if audience == "manual":
        return {"groups": _gardeners(of)}
    if audience == "favourite":
        return {"favourites": _choir(of, pupils[:6])}
    if audience == "pupil":
        return {"persons": pupils[:1]}
    if audience == "relative":
        ties = Guardianship.objects.filter(pupil__in=pupils[:1], ended_on__isnull=True)
        return {"persons": [tie.relative for tie in ties.select_related("relative").order_by("pk")[:1]]}
    if audience == "teacher":
        teaching = ClassAttachment.objects.filter(school_class=of.school_class, role="TEACHER", ended_on=None)
        return {"persons": [row.person for row in teaching.select_related("person").order_by("pk")]}
    return {"persons": _colleagues(of)[:1]}


def _scolarity(audience: str, of: Chosen) -> list[Group]:
    """Of the class where they have one, else of the school."""
    profile = {"class": Profile.PUPIL, "families": Profile.RELATIVE, "team": Profile.TEACHER}[audience]
    found = Group.objects.filter(profile=profile).select_related("school", "school_class")
    if of.school_class is not None and audience != "team":
        return list(found.filter(kind=GroupKind.CLASS, school_class=of.school_class))
    return list(found.filter(kind=GroupKind.SCHOOL, school=of.school))


def _pupils(of: Chosen) -> list[User]:
    rows = ClassAttachment.objects.filter(school_class=of.school_class, role="PUPIL", ended_on__isnull=True)
    return [row.person for row in rows.select_related("person").order_by("person__sort_name", "person_id")]


def _colleagues(of: Chosen) -> list[User]:
    rows = Attachment.objects.filter(school=of.school, profile=Profile.TEACHER, ended_on__isnull=True)
    found = rows.exclude(person=of.person).select_related("person").order_by("person__sort_name", "pk")
    return [row.person for row in found]


def _choir(of: Chosen, people: list[User]) -> list[Favourite]:
    return [favourites.create(by=of.person, name=CHOIR, persons=people)] if people else []


def _gardeners(of: Chosen) -> list[Group]:
    """A group that the school's director made, the same for all of its teachers."""
    school = of.school
    if school is None:
        return []
    known = Group.objects.filter(school=school, kind=GroupKind.MANUAL, name=GARDENERS).first()
    return [known or _make_gardeners(of, school)]


def _make_gardeners(of: Chosen, school: School) -> Group:
    head = Attachment.objects.filter(school=school, is_head=True, ended_on__isnull=True).first()
    group = groups.create_group(by=head.person if head else of.person, school=school, name=GARDENERS)
    members = [*_pupils(of)[1:5], *_colleagues(of)[:2], of.person]
    groups.add_members(by=head.person if head else of.person, group=group, people=members)
    return group
