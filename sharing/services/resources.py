"""Making, naming, placing and removing what can be shared; applications call it beside their own rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from core import audit, clock, sql
from directory.authority import require_school
from schools.models import School
from schools.rules import year_of
from sharing import kinds, rules, signals
from sharing.errors import CannotAddThere, InsideItself, InTrash, NotAManager, NotTheOwner
from sharing.models import Grant, Handover, LostTitle, Resource
from sharing.querysets import reach_of, role_on, roles_on
from sharing.rules import Act, Owner


@dataclass(frozen=True, slots=True)
class Trashed:
    """What went to the trash (keys, the thing's own first), and what others had there, which is now at
    its owners' roots: they are to be told."""

    ids: list[int]
    sent_home: list[Resource] = field(default_factory=list)


def create(
    *, owner: User | School, kind: str, title: str, parent: Resource | None = None, by: User | None
) -> Resource:
    """A new resource, its owner's, at their root or in a folder to which `by` contributes. `by=None` is
    the system. Raises CannotAddThere, InTrash, NotYours (for a school that `by` does not administer)."""
    if isinstance(owner, School):
        require_school(by, owner)
    with audit.acting(by=by):
        above = _folder(by, parent)
        now = clock.now()
        school = owner if isinstance(owner, School) else None
        made = Resource.objects.create(
            kind=kind,
            title=title,
            owner=None if isinstance(owner, School) else owner,
            owner_school=school,
            school_year=(school and school.running_year) or year_of(clock.today()),
            created_at=now,
            changed_at=now,
            parent=above,
            ancestors=above.chain if above else [],
        )
        audit.record("resource.created", subject=made.uuid, after={"kind": kind, "title": title})
    return made


@dataclass(frozen=True, slots=True)
class New:
    """A thing to be made: `key` is the caller's own name for it, `above` that of the new thing it lies in
    (None: where the whole goes)."""

    key: int
    kind: str
    title: str
    above: int | None = None


def create_all(
    *, owner: User, wanted: Sequence[New], parent: Resource | None = None, by: User | None
) -> dict[int, Resource]:
    """`create` for a person's many, things and what lies in them, in one folder or at the root; answers them
    by key. A query a level of depth, whatever their number. Raises CannotAddThere, InTrash."""
    with audit.acting(by=by):
        above = _folder(by, parent)
        now, year = clock.now(), year_of(clock.today())
        made: dict[int, Resource] = {}
        waiting = list(wanted)
        while waiting:
            ready = [each for each in waiting if each.above is None or each.above in made]
            if not ready:
                raise ValueError("a thing lies in none of those to be made")
            rows = []
            for each in ready:
                holder = above if each.above is None else made[each.above]
                rows.append(
                    Resource(
                        kind=each.kind,
                        title=each.title,
                        owner=owner,
                        school_year=year,
                        created_at=now,
                        changed_at=now,
                        parent=holder,
                        ancestors=holder.chain if holder else [],
                    )
                )
            Resource.objects.bulk_create(rows)
            made |= {each.key: row for each, row in zip(ready, rows, strict=True)}
            waiting = [each for each in waiting if each.key not in made]
        audit.record_all(
            audit.Entry(
                verb="resource.created", subject=each.uuid, after={"kind": each.kind, "title": each.title}
            )
            for each in made.values()
        )
    return made


def rename(*, by: User, resource: Resource, title: str) -> Resource:
    """Raises NotAManager, InTrash."""
    with audit.acting(by=by):
        fresh = _held(resource)
        _require(by, fresh, Act.RENAME)
        before, fresh.title, fresh.changed_at = fresh.title, title, clock.now()
        fresh.save(update_fields=["title", "changed_at"])
        audit.record("resource.renamed", subject=fresh.uuid, before={"title": before}, after={"title": title})
    return fresh


def touch(resource: Resource, *, title: str = "") -> Resource:
    """Its application changed what it contains, and perhaps its name: once it has asked who may."""
    fresh = _held(resource)
    fresh.changed_at = clock.now()
    fresh.title = title or fresh.title
    fresh.save(update_fields=["changed_at", "title"])
    return fresh


def place(*, by: User, resource: Resource, parent: Resource | None) -> Resource:
    """`place_all` for one."""
    return place_all(by=by, resources=[resource], parent=parent)[0]


def place_all(*, by: User, resources: Sequence[Resource], parent: Resource | None) -> list[Resource]:
    """Moves resources, with all that lies in them, into a folder or to their owners' roots: all, or none.
    Answers them as they are now, by key, in as many queries as for one.

    Only who manages them moves them, whatever the audience there, and only where they may contribute; whoever
    else's things lie in them move along. Raises NotAManager, CannotAddThere, InsideItself, InTrash.
    """
    keys = sorted({each.pk for each in resources})
    with audit.acting(by=by):
        _hold_path(keys, [parent.pk] if parent is not None else [])
        fresh = _held_all(keys)
        _require_all(by, fresh, Act.MOVE)
        above = _folder(by, parent)
        if above is not None and set(keys) & set(above.chain):
            raise InsideItself()
        _hold_below(keys)
        before = {each.pk: each.parent_id for each in fresh}
        for each in fresh:
            each.parent, each.ancestors = above, above.chain if above else []
        Resource.objects.bulk_update(fresh, ["parent", "ancestors"], batch_size=1_000)
        sql.run("sharing", "move_subtree", moved=keys)
        after = {"parent": above.pk if above else None}
        audit.record_all(
            audit.Entry(
                verb="resource.moved", subject=each.uuid, before={"parent": before[each.pk]}, after=after
            )
            for each in fresh
        )
    return fresh


def trash(*, by: User, resource: Resource) -> Trashed:
    """`trash_all` for one."""
    return trash_all(by=by, resources=[resource])


def trash_all(*, by: User, resources: Sequence[Resource]) -> Trashed:
    """Puts resources, none of which lies in another, in their owners' trash, and of what lies in each, what
    is its owner's; others' things go to their owners' roots, whole. All, or none, in as many queries as for
    one. Raises NotTheOwner; InTrash where one is there already."""
    keys = sorted({each.pk for each in resources})
    with audit.acting(by=by):
        fresh = _held_all(keys)
        reach = reach_of(by)
        for each in fresh:
            if each.trashed_at is not None:
                raise InTrash()
            if not rules.owns(reach, owner_of(each)):
                raise NotTheOwner()
        _hold_below(keys)
        found = sql.rows("sharing", "tree_of_owner", folders=keys)
        own = {row["id"]: row["folder_id"] for row in found if row["own"]}
        with_them = {pk: folder for pk, folder in own.items() if pk not in keys}
        now = clock.now()
        gone = sql.rows(
            "sharing", "trash_with", ids=list(with_them), folders=list(with_them.values()), now=now
        )
        Resource.objects.filter(pk__in=keys).update(trashed_at=now)
        counts = Counter(row["folder_id"] for row in gone)
        audit.record_all(
            audit.Entry(verb="resource.trashed", subject=each.uuid, after={"with": counts[each.pk]})
            for each in fresh
        )
        home = send_home(sorted({row["id"] for row in found if not row["own"]} - set(own)))
    return Trashed([*keys, *sorted(row["id"] for row in gone)], home)


def restore(*, by: User, resource: Resource) -> Resource:
    """`restore_all` for one. Raises NotTheOwner."""
    return restore_all(by=by, resources=[resource])[0]


def restore_all(*, by: User, resources: Sequence[Resource]) -> list[Resource]:
    """Takes resources out of the trash, with what went there with each: to where it lay, else, where that
    folder is no more, is in the trash, or takes nothing from its owner now, to its owner's root. All, or none,
    in as many queries as for one; by key. Raises NotTheOwner."""
    keys = sorted({each.pk for each in resources})
    with audit.acting(by=by):
        _hold_path(keys, [each.parent_id for each in resources if each.parent_id is not None])
        fresh = _held_all(keys)
        reach = reach_of(by)
        if not all(rules.owns(reach, owner_of(each)) for each in fresh):
            raise NotTheOwner()
        back = [each for each in fresh if each.trashed_at is not None]
        if not back:
            return fresh
        tops = [each.pk for each in back]
        _hold_below(tops)
        Resource.objects.filter(pk__in=tops).update(trashed_at=None, trashed_with=None)
        Resource.objects.filter(trashed_with__in=tops).update(trashed_at=None, trashed_with=None)
        folders = Resource.objects.filter(pk__in={each.parent_id for each in back if each.parent_id})
        open_to = _taking(by, list(folders))
        send_home([each.pk for each in back if each.parent_id is not None and each.parent_id not in open_to])
        audit.record_all(audit.Entry(verb="resource.restored", subject=each.uuid) for each in back)
        return _held_all(keys)


def contents_of(ids: Sequence[int]) -> list[int]:
    """The keys of what goes with these when they are deleted for good: themselves, and what lies in them
    and is of the same owner."""
    return _tree(list(ids))[0]


def forget(ids: Sequence[int]) -> list[Resource]:
    """Deletes these resources and their grants, for good, once the application has deleted its own rows.
    What lies in them and is not among them goes to its owner's root: answers these.

    In the caller's transaction, which asked whether it may.
    """
    chosen = list(ids)
    with audit.acting(by=audit.actor()):
        _hold_below(chosen)
        left = Resource.objects.filter(parent__in=chosen).exclude(pk__in=chosen).order_by("pk")
        home = send_home(list(left.values_list("pk", flat=True)))
        signals.forgotten.send(Resource, ids=chosen)
        doomed = list(Resource.objects.filter(pk__in=chosen).values_list("pk", "uuid", "kind", "title"))
        LostTitle.objects.bulk_create(
            [LostTitle(resource_id=pk, title=title, at=clock.now()) for pk, _, _, title in doomed],
            batch_size=1_000,
        )
        Resource.objects.filter(trashed_with__in=chosen).update(trashed_with=None)
        things = Resource.objects.filter(pk__in=chosen)
        of_them = [model._default_manager.filter(resource__in=chosen) for model in (Grant, Handover)]
        for rows in (*of_them, things):
            rows._raw_delete(using=rows.db)
        audit.record_all(
            audit.Entry(verb="resource.deleted", subject=uuid, before={"kind": kind, "title": title})
            for _, uuid, kind, title in doomed
        )
    return home


def send_home(tops: list[int]) -> list[Resource]:
    """Moves these to their owners' roots, and tells their applications; answers them as they are now."""
    if not tops:
        return []
    rows = Resource.objects.filter(pk__in=tops).values_list("pk", "parent__title", "parent__owner__uuid")
    left = {pk: (title or "", of) for pk, title, of in rows}
    sql.run("sharing", "send_home", tops=tops)
    home = list(Resource.objects.filter(pk__in=tops).select_related("owner").order_by("pk"))
    audit.record_all(audit.Entry(verb="resource.sent_home", subject=each.uuid) for each in home)
    kinds.tell_home([kinds.SentHome(each, *left[each.pk]) for each in home])
    return home


def lay_in(places: Mapping[int, int]) -> None:
    """Lays things (keys) in others, without asking who may: each goes where that goes when its owner is erased.
    In the caller's transaction."""
    above = Resource.objects.in_bulk(set(places.values()))
    rows = list(Resource.objects.filter(pk__in=places, parent__isnull=True).order_by("pk"))
    for each in rows:
        each.parent, each.ancestors = above[places[each.pk]], above[places[each.pk]].chain
    Resource.objects.bulk_update(rows, ["parent", "ancestors"], batch_size=1_000)


def retitle(titles: Mapping[Resource, str]) -> None:
    """Names many anew at once, without asking who may: what their application numbers. One query."""
    before = {each.pk: each.title for each in titles}
    for each, title in titles.items():
        each.title = title
    Resource.objects.bulk_update(list(titles), ["title"], batch_size=1_000)
    audit.record_all(
        audit.Entry(
            verb="resource.renamed",
            subject=each.uuid,
            before={"title": before[each.pk]},
            after={"title": each.title},
        )
        for each in titles
    )


def hold_tree(resource: Resource) -> Resource:
    """The resource as it is now, held with all that lies below it until the transaction ends."""
    fresh = _held(resource)
    _hold_below([fresh.pk])
    return fresh


def owner_of(resource: Resource) -> Owner:
    """Whose it is, as the rules read it. Reads its school."""
    school = resource.owner_school
    if school is None:
        return Owner(person=resource.owner_id)
    return Owner(school=school.pk, district=school.district_id, academy=school.academy_id)


def require_owner(by: User, resource: Resource) -> None:
    """Raises NotTheOwner unless it is `by`'s, or of a school that they administer."""
    if not rules.owns(reach_of(by), owner_of(resource)):
        raise NotTheOwner()


def _require(by: User, resource: Resource, act: Act) -> None:
    if resource.trashed_at is not None:
        raise InTrash()
    if not rules.may(role_on(by, resource), act):
        raise NotAManager()


def _require_all(by: User, resources: Sequence[Resource], act: Act) -> None:
    if any(each.trashed_at is not None for each in resources):
        raise InTrash()
    roles = roles_on(by, resources)
    if not all(rules.may(roles.get(each.pk), act) for each in resources):
        raise NotAManager()


def _takes(by: User | None, folder: Resource) -> bool:
    return folder.trashed_at is None and (by is None or rules.may(role_on(by, folder), Act.ADD))


def _taking(by: User, folders: Sequence[Resource]) -> set[int]:
    """The keys of those of these folders that take something from this person now."""
    living = [each for each in folders if each.trashed_at is None]
    roles = roles_on(by, living)
    return {each.pk for each in living if rules.may(roles.get(each.pk), Act.ADD)}


def _folder(by: User | None, parent: Resource | None) -> Resource | None:
    """The folder as it is now, held so that it does not move before what is put there is written."""
    if parent is None:
        return None
    fresh = _held(parent)
    if fresh.trashed_at is not None:
        raise InTrash()
    if not _takes(by, fresh):
        raise CannotAddThere()
    return fresh


def _held(resource: Resource) -> Resource:
    return _held_all([resource.pk])[0]


def _held_all(keys: Sequence[int]) -> list[Resource]:
    """As they are now, by key."""
    rows = Resource.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    found = list(rows.select_related("owner", "owner_school", "parent"))
    if len(found) != len(keys):
        raise Resource.DoesNotExist
    return found


def _hold_path(moved: Sequence[int], parents: Sequence[int]) -> None:
    """Holds what is moved and the folders above where it goes, in the order of their keys: two moves that
    would put two folders in each other wait for one another."""
    keys = [*moved, *parents]
    if parents:
        for above in Resource.objects.filter(pk__in=parents).values_list("ancestors", flat=True):
            keys += above
    rows = Resource.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _hold_below(folders: list[int]) -> None:
    """Holds all that lies below, again until nothing new has come: what is created there meanwhile waits
    for its folder, then reads where it lies."""
    below = Resource.objects.filter(ancestors__overlap=folders).order_by("pk")
    seen = -1
    while (held := len(below.select_for_update(no_key=True).values_list("pk", flat=True))) != seen:
        seen = held


def _tree(folders: list[int]) -> tuple[list[int], list[int]]:
    """What goes when these folders go, and the topmost things of others in them."""
    found = sql.rows("sharing", "tree_of_owner", folders=folders)
    own = [row["id"] for row in found if row["own"]]
    kept = set(own)
    return own, [row["id"] for row in found if not row["own"] and row["id"] not in kept]
