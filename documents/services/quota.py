"""What each person is charged for, exact however many send at once.

A person's row is locked, then asked: whoever comes at the same instant waits, and reads what was charged
meanwhile. Locks are taken in this order: resources, allowances (by key), contents.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import F

from accounts.enums import Profile
from accounts.models import User
from core import audit, sql
from core.storage.models import Upload
from directory.authority import require_person, require_school
from documents import rules
from documents.errors import QuotaExceeded, QuotaOutOfBounds
from documents.models import Allowance, SchoolAllowance
from documents.querysets import limit_now, reserved_by, school_limits
from schools.models import School

MOST = 10**12  # bytes that an administrator may give


def require_room(person: User, size: int, *, upload: Upload | None = None, theirs: bool = False) -> None:
    """Holds the person's row until the transaction ends. `upload` is the one that is being taken: its
    own reservation does not stand in its way. `theirs`: whoever acts is somebody else.

    Raises QuotaExceeded.
    """
    lacks = _lacking(person, size, upload)
    if lacks:
        raise QuotaExceeded(missing=lacks, theirs=theirs)


def has_room(person: User, size: int) -> bool:
    """Whether so many bytes more fit; the person's row is held until the transaction ends."""
    return not _lacking(person, size)


def charge(person: User, size: int, *, upload: Upload | None = None, theirs: bool = False) -> None:
    """Counts `size` bytes more for a person. Raises QuotaExceeded."""
    require_room(person, size, upload=upload, theirs=theirs)
    Allowance.objects.filter(pk=person.pk).update(used=F("used") + size)


def settle(sizes: Mapping[int, int]) -> None:
    """Counts bytes more or less, by person's key, whatever their limit: what is freed, what passes on."""
    for person, size in sorted(sizes.items()):
        if not Allowance.objects.filter(pk=person).update(used=F("used") + size) and size > 0:
            Allowance.objects.bulk_create([Allowance(person_id=person)], ignore_conflicts=True)
            Allowance.objects.filter(pk=person).update(used=F("used") + size)


def hold_more(people: Sequence[int], size: int) -> None:
    """Counts, for each of these people, `size` bytes more or less of what they hold in another application,
    whatever their limit. Three queries, whatever their number; none for nothing."""
    if not size or not people:
        return
    hold_all(people)
    Allowance.objects.filter(pk__in=people).update(held=F("held") + size)


def hold_exactly(sizes: Mapping[int, int]) -> None:
    """What people hold in another application, in bytes, by key: counted anew, whatever it was."""
    _open(key for key, size in sizes.items() if size)
    for person, size in sorted(sizes.items()):
        Allowance.objects.filter(pk=person).update(held=size)


def held(person: User) -> Allowance:
    """The person's row, made where it is not there, locked."""
    rows = Allowance.objects.select_for_update().filter(pk=person.pk)
    found = rows.first()
    if found is None:
        Allowance.objects.bulk_create([Allowance(person=person)], ignore_conflicts=True)
        found = rows.get()
    return found


def hold_all(people: Collection[int]) -> None:
    """Holds the rows of several persons, by key, made where they are not there. Two queries."""
    _open(people)
    list(Allowance.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))


def _open(people: Iterable[int]) -> None:
    """A row for those who have none. A query."""
    sql.run("documents", "open_allowances", people=sorted(people))


def _lacking(person: User, size: int, upload: Upload | None = None) -> int:
    """How many bytes lack; nothing always fits, over quota too. The person's row is held."""
    allowance = held(person)
    lacks = rules.missing(
        used=allowance.used + allowance.held,
        reserved=reserved_by(person, but=upload.pk if upload else None),
        limit=limit_now(person, allowance.limit),
        wanted=size,
    )
    return lacks if size else 0


def set_limit(*, by: User | None, person: User, limit: int | None) -> Allowance:
    """Gives a person another space than their profile's, in bytes; None gives that one back.

    Only who administers the person. Raises NotYours, QuotaOutOfBounds.
    """
    require_person(by, person)
    if limit is not None and not 0 <= limit <= MOST:
        raise QuotaOutOfBounds()
    with audit.acting(by=by):
        allowance = held(person)
        before, allowance.limit = allowance.limit, limit
        allowance.save(update_fields=["limit"])
        audit.record(
            "documents.limit_set", subject=person.uuid, before={"limit": before}, after={"limit": limit}
        )
    return allowance


def set_school_limits(*, by: User | None, school: School, limits: Mapping[Profile, int | None]) -> None:
    """The space that a school gives to each profile named, in bytes; None gives the site's back. Whoever has
    their own limit keeps it; in several schools, the largest holds. Only who administers the school.

    Raises NotYours, QuotaOutOfBounds.
    """
    require_school(by, school)
    if any(limit is not None and not 0 <= limit <= MOST for limit in limits.values()):
        raise QuotaOutOfBounds()
    with audit.acting(by=by):
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        before = {key: value for key, value in school_limits(school).items() if key in limits}
        if before == dict(limits):
            return
        SchoolAllowance.objects.filter(school=school, profile__in=limits).delete()
        SchoolAllowance.objects.bulk_create(
            SchoolAllowance(school=school, profile=profile, limit=limit)
            for profile, limit in limits.items()
            if limit is not None
        )
        audit.record(
            "documents.school_limits_set",
            school=school.uuid,
            before={profile.value: limit for profile, limit in before.items()},
            after={profile.value: limit for profile, limit in limits.items()},
        )
