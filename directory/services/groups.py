"""Manual groups and who is in them, edited by hand alone."""

from collections.abc import Iterable

from accounts.models import User
from core import audit, clock
from core.text import fold
from directory.authority import require_school
from directory.enums import GroupKind
from directory.errors import NameTaken, NotManual, OutOfReach, Protected
from directory.models import Group, Membership
from directory.querysets import people_administered_by, people_visible_to
from directory.signals import groups_deleted
from schools.models import School


def create_group(*, by: User, school: School, name: str) -> Group:
    """A new manual group of a school, empty. Raises NotYours, NameTaken."""
    require_school(by, school)
    with audit.acting(by=by):
        _free(school, name)
        group = Group.objects.create(
            kind=GroupKind.MANUAL,
            school=school,
            name=name.strip(),
            created_by=by.uuid,
            year=school.running_year,
        )
        audit.record("group.created", subject=group.uuid, school=school.uuid, after={"name": group.name})
    return group


def rename_group(*, by: User, group: Group, name: str) -> Group:
    """Raises NotYours, NotManual, Protected, NameTaken."""
    _editable(by, group, whole=True)
    with audit.acting(by=by):
        _free(group.school, name, but=group)
        before, group.name = group.name, name.strip()
        group.save(update_fields=["name"])
        audit.record(
            "group.renamed",
            subject=group.uuid,
            school=group.school.uuid,
            before={"name": before},
            after={"name": group.name},
        )
    return group


def open_group(*, by: User, group: Group, opened: bool) -> Group:
    """Lets the relatives and pupils who are in it write to it and share with it (APE), or no longer.

    Raises NotYours, NotManual.
    """
    _editable(by, group)
    with audit.acting(by=by):
        before, group.open_to_members = group.open_to_members, opened
        if before != opened:
            group.save(update_fields=["open_to_members"])
            audit.record(
                "group.opened" if opened else "group.closed",
                subject=group.uuid,
                school=group.school.uuid,
                before={"open_to_members": before},
                after={"open_to_members": opened},
            )
    return group


def keep_group(*, by: User, group: Group) -> Group:
    """A group of a past year serves the running one too: it is marked no more. Raises NotYours, NotManual."""
    _editable(by, group)
    with audit.acting(by=by):
        before, group.year = group.year, group.school.running_year
        if before != group.year:
            group.save(update_fields=["year"])
            audit.record(
                "group.kept",
                subject=group.uuid,
                school=group.school.uuid,
                before={"year": before},
                after={"year": group.year},
            )
    return group


def delete_group(*, by: User, group: Group) -> None:
    """Another of the same name made later is another group: nobody of it gets what this one had.

    Raises NotYours, NotManual, Protected.
    """
    _editable(by, group, whole=True)
    with audit.acting(by=by):
        members = list(group.membership_set.values_list("person__uuid", flat=True))
        audit.record(
            "group.deleted",
            subject=group.uuid,
            school=group.school.uuid,
            before={"name": group.name, "members": [str(uuid) for uuid in members]},
        )
        groups_deleted.send(Group, groups=[group.pk], by=by)
        group.delete()


def add_members(*, by: User, group: Group, people: Iterable[User]) -> int:
    """Adds people whom the actor may find or administers; answers how many were not in it yet.

    Raises NotYours, NotManual, OutOfReach.
    """
    _editable(by, group)
    chosen = {person.pk: person for person in people}
    known = set(people_visible_to(by).filter(pk__in=chosen).values_list("pk", flat=True))
    known |= set(people_administered_by(by).present().filter(pk__in=chosen).values_list("pk", flat=True))
    if known != set(chosen):
        raise OutOfReach()
    with audit.acting(by=by):
        present = set(group.membership_set.filter(person__in=chosen).values_list("person_id", flat=True))
        new = [person for pk, person in chosen.items() if pk not in present]
        Membership.objects.bulk_create(
            [Membership(group=group, person=p, added_by=by.uuid, added_at=clock.now()) for p in new],
            ignore_conflicts=True,
        )
        if new:
            _record_members("group.members_added", group, new)
    return len(new)


def remove_members(*, by: User, group: Group, people: Iterable[User]) -> int:
    """Takes people out, those who left the school too; answers how many were in it.

    Raises NotYours, NotManual.
    """
    _editable(by, group)
    with audit.acting(by=by):
        rows = group.membership_set.filter(person__in=[person.pk for person in people])
        gone = [row.person for row in rows.select_related("person")]
        rows.delete()
        if gone:
            _record_members("group.members_removed", group, gone)
    return len(gone)


def _editable(by: User, group: Group, *, whole: bool = False) -> None:
    """Members of any manual group are edited; its name and its end only where it is not protected."""
    require_school(by, group.school)
    if group.kind != GroupKind.MANUAL:
        raise NotManual()
    if whole and group.protected:
        raise Protected()


def _free(school: School, name: str, but: Group | None = None) -> None:
    names = Group.objects.filter(school=school, kind=GroupKind.MANUAL)
    if but is not None:
        names = names.exclude(pk=but.pk)
    if fold(name) in {fold(taken) for taken in names.values_list("name", flat=True)}:
        raise NameTaken()


def _record_members(verb: str, group: Group, people: list[User]) -> None:
    audit.record(
        verb,
        subject=group.uuid,
        school=group.school.uuid,
        after={"people": [str(person.uuid) for person in people]},
    )
