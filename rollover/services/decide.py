"""What becomes of shares that end with the year: kept for their people by name, entrusted to a colleague, let go;
and a decision taken back, until the school turns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from accounts import assurance
from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from core.errors import DomainError
from core.locks import Lock, take_for
from directory.models import SchoolClass
from directory.querysets import people_visible_to
from directory.querysets.people import relatives_of
from directory.rules import TEAM
from rollover.enums import Choice
from rollover.errors import (
    ColleagueMissing,
    NobodyToKeepFor,
    NoSuchDecision,
    NothingEnds,
    OwnedAlready,
    YearTurned,
)
from rollover.models import Decision
from rollover.year_end import Line, year_end_of
from schools.models import School
from sharing.enums import Role
from sharing.services.marked import Gift, give_marked, take_back_marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted of a line: a thing and a place (UUID of a class, or of a school). `relatives`: kept for the
    pupils' relatives too; `to`: the colleague to whom it is entrusted."""

    resource: UUID
    place: UUID
    choice: Choice
    relatives: bool = False
    to: UUID | None = None

    @property
    def key(self) -> str:
        return f"{self.resource}.{self.place}"


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that stays as it was (`key`, as `Line.key`), the title of its thing, and why."""

    key: str
    title: str
    error: DomainError


@dataclass(slots=True)
class Decided:
    """The lines decided, by choice; `people` have something by name; `left_out`, whom one may not share with."""

    lines: dict[Choice, int] = field(default_factory=lambda: dict.fromkeys(Choice, 0))
    people: int = 0
    left_out: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(self.lines.values())


@dataclass(slots=True)
class _Act:
    """A line, what is wanted of it, and to whom it is given in which role."""

    line: Line
    wish: Wish
    persons: dict[int, Role] = field(default_factory=dict)


def decide(*, by: User, wishes: Sequence[Wish]) -> Decided:
    """Decides these lines, each for itself: one that cannot be is named in `refused`, with what refused it, and
    the others are done. A line already decided so is left. Raises LowAssurance, Busy."""
    assurance.require_full()
    done = Decided()
    with audit.acting(by=by):
        _hold(by, [wish.place for wish in wishes])
        acts = _settled(by, _acts(by, wishes, done), done)
        former = [act.line.decision for act in acts if act.line.decision and _replaces(act)]
        if former:
            _end(former, by)
            acts = _settled(by, _acts(by, [act.wish for act in acts], done), done)
        _write(by, acts, done)
    return done


def take_back(*, by: User, decision: UUID) -> Decision:
    """A decision is as if it had not been: what it gave by name ends, but for who has it otherwise. Answers it.

    Raises LowAssurance, NoSuchDecision, YearTurned, NotAManager, Busy.
    """
    assurance.require_full()
    with audit.acting(by=by):
        found = Decision.objects.filter(person=by, uuid=decision).select_related("resource").first()
        if found is None:
            raise NoSuchDecision()
        schools = _hold(by, [found.place])
        if any((school.class_year or 0) >= found.to_year for school in schools):
            raise YearTurned()
        _end([found], by)
        found.delete()
        audit.record(
            "year_end.taken_back",
            subject=found.resource.uuid,
            before={"choice": found.choice, "place": str(found.place), "year": found.to_year},
        )
    return found


def _hold(by: User, places: Sequence[UUID]) -> list[School]:
    """The schools of these places, whose turn waits for the act; two tabs of one person wait for one another."""
    User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk", flat=True).first()
    classes = SchoolClass.objects.filter(uuid__in=places).order_by().values("school_id")
    which = Q(uuid__in=places) | Q(pk__in=classes)
    take_for(Lock.SCHOOL_YEAR, sorted(School.objects.filter(which).order_by().values_list("pk", flat=True)))
    return list(School.objects.filter(which).order_by("pk"))


def _acts(by: User, wishes: Sequence[Wish], done: Decided) -> list[_Act]:
    """Each wish with its line as it is now; those without one are refused, those done already left out."""
    lines = {line.key: line for line in year_end_of(by).lines}
    acts = []
    for wish in {each.key: each for each in wishes}.values():
        line = lines.get(wish.key)
        if line is None:
            done.refused.append(Refused(wish.key, "", NothingEnds()))
        elif not _stands(line, wish):
            acts.append(_Act(line, wish))
    return acts


def _stands(line: Line, wish: Wish) -> bool:
    """Whether that is decided already, and does all that it can."""
    known = line.decision
    if known is None or known.choice != wish.choice:
        return False
    if wish.choice == Choice.KEEP:
        return known.relatives == wish.relatives and not _losing(line, wish)
    return known.to is None or known.to.uuid == wish.to


def _losing(line: Line, wish: Wish) -> dict[int, Role]:
    """Who loses it and would keep it, in the role that they have: relatives where they are wanted, or where the
    thing was theirs alone."""
    roles: dict[int, Role] = {}
    profiles = {}
    for ending in line.endings:
        for person in ending.people:
            roles[person.pk] = max(ending.role, roles.get(person.pk, ending.role))
            profiles[person.pk] = person.profile
    others = any(person.profile != Profile.RELATIVE for person in line.concerned)
    if others and not wish.relatives:
        return {pk: role for pk, role in roles.items() if profiles[pk] != Profile.RELATIVE}
    return roles


def _replaces(act: _Act) -> bool:
    """Whether what a former decision gave is to end first: all but a thing kept for more people."""
    known = act.line.decision
    if known is None:
        return False
    more = known.choice == act.wish.choice == Choice.KEEP and act.wish.relatives >= known.relatives
    return not more


def _settled(by: User, acts: Sequence[_Act], done: Decided) -> list[_Act]:
    """Those that can be done, each with whom it is given to."""
    _choose_people(acts)
    wanted = {pk for act in acts for pk in act.persons}
    named = {act.wish.to for act in acts if act.wish.to}
    reached = people_visible_to(by).exclude(pk=by.pk)
    seen = set(reached.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    team = reached.filter(uuid__in=named, profile__in=TEAM) if named else User.objects.none()
    colleagues = {each.uuid: each for each in team}
    out = User.objects.filter(pk__in=wanted - seen)
    done.left_out = sorted({*done.left_out, *(person.full_name for person in out)})
    ready = []
    for act in acts:
        error = _settle(act, seen, colleagues)
        if error is None:
            ready.append(act)
        else:
            done.refused.append(Refused(act.wish.key, act.line.resource.title, error))
    return ready


def _choose_people(acts: Sequence[_Act]) -> None:
    """For whom each thing is kept, within reach or not."""
    pupils = {
        person.pk
        for act in acts
        if act.wish.choice == Choice.KEEP and act.wish.relatives
        for person in act.line.concerned
        if person.profile == Profile.PUPIL
    }
    ties: dict[int, list[int]] = {}
    for pupil, relative in relatives_of(pupils) if pupils else ():
        ties.setdefault(pupil, []).append(relative)
    for act in acts:
        if act.wish.choice == Choice.KEEP:
            act.persons = _losing(act.line, act.wish)
            kept = {person.pk for person in act.line.given}
            if act.wish.relatives:
                for person in act.line.concerned:
                    for relative in ties.get(person.pk, ()):
                        if relative not in kept and relative != act.line.resource.owner_id:
                            act.persons.setdefault(relative, Role.READ)


def _settle(act: _Act, seen: set[int], colleagues: dict[UUID, User]) -> DomainError | None:
    """Keeps those within reach; what forbids the act, if anything does."""
    if act.wish.choice == Choice.KEEP:
        act.persons = {pk: role for pk, role in act.persons.items() if pk in seen}
        return None if act.persons or act.line.given else NobodyToKeepFor()
    if act.wish.choice == Choice.ENTRUST:
        colleague = colleagues.get(act.wish.to) if act.wish.to else None
        if colleague is None:
            return ColleagueMissing()
        if colleague.pk == act.line.resource.owner_id:
            return OwnedAlready()
        act.persons = {colleague.pk: Role.MANAGE}
    return None


def _write(by: User, acts: Sequence[_Act], done: Decided) -> None:
    """Decisions are written down, what they give is given."""
    now = clock.now()
    rows = []
    for act in acts:
        row = act.line.decision or Decision(
            person=by, resource=act.line.resource, place=act.line.place, to_year=act.line.to_year
        )
        row.choice, row.relatives, row.at = act.wish.choice, act.wish.relatives, now
        entrusted = act.wish.choice == Choice.ENTRUST
        row.to_id = next(iter(act.persons)) if entrusted else None
        act.line.decision = row
        rows.append(row)
        done.lines[act.wish.choice] += 1
    Decision.objects.bulk_create([row for row in rows if row.pk is None])
    Decision.objects.bulk_update(
        [row for row in rows if row.pk is not None], ["choice", "relatives", "to", "at"], batch_size=500
    )
    gifts = [
        Gift(act.line.resource, act.persons, row.uuid)
        for act, row in zip(acts, rows, strict=True)
        if act.persons
    ]
    if gifts:
        give_marked(by=by, gifts=gifts)
    done.people = len({pk for act in acts if act.wish.choice == Choice.KEEP for pk in act.persons})
    audit.record_all(
        audit.Entry(
            verb="year_end.decided",
            subject=act.line.resource.uuid,
            school=act.line.school.uuid,
            after={
                "choice": act.wish.choice.value,
                "place": str(act.line.place),
                "year": act.line.to_year,
                "people": len(act.persons),
            },
        )
        for act in acts
    )


def _end(decisions: Sequence[Decision], by: User) -> None:
    """What these gave by name ends."""
    giving = [each for each in decisions if each.choice != Choice.LET_GO]
    if giving:
        take_back_marked(
            by=by,
            resources=list({each.resource_id: each.resource for each in giving}.values()),
            marks=[each.uuid for each in giving],
        )
