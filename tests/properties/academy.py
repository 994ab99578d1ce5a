"""One small academy through its feeds, turns and undos, beside memories of what must still be there after each step.

`Academy` is what the rooms' machines (`shares`, `words`, `blogs`, `books`, `years`, `accounts`, `twins`) have in
common: each brings acts and memories, `test_lives` composes them all.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection
from django.db.models import F

from accounts.enums import Profile
from accounts.models import User
from core import clock, invariants
from core.errors import DomainError
from directory.models import Attachment
from feeds.models import FeedRun
from feeds.services.undo_run import undo_run
from rollover.models import Turnover
from rollover.services.roll import roll_school
from rollover.services.undo import undo_run as undo_turn
from schools.models import School
from sharing.models import Grant, Resource
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory
from tests.feeds.sets import feed, noon
from tests.feeds.whole import Whole, differences, whole
from tests.properties.academies import SetTold, evolve
from tests.properties.heirs import Gone, legacies_now, require_heir
from tests.properties.repeatable import fingerprint, repeatable
from tests.properties.test_feeds import REST, a_new_instance
from tests.sharing.kinds import NOTE, registered

#: What an undo leaves behind by design: its own records, and places that a first set made.
ITSELF = (*REST, "sharing_withdrawal", "schools_academy", "schools_district", "schools_schoolyear")
type Rows = set[Any]
TRIES = 8


@dataclass(frozen=True, slots=True)
class Memory:
    """`take` reads rows as they are; `left` says what is left of such rows once people and things are gone."""

    take: Callable[[], Rows]
    left: Callable[[Rows, Gone], Rows]


def happens[Act: Callable[..., Any]](weight: int, *, first: int = 0) -> Callable[[Act], Act]:
    """Something that happens in an academy, so many times as often as what weighs one; `first`: how many times
    before anything else, so that there is something to live with. It is given a `Random`."""

    def marked(does: Act) -> Act:
        does.weight, does.first = weight, first  # type: ignore[attr-defined]
        return does

    return marked


def holds[Rule: Callable[..., None]](rule: Rule) -> Rule:
    """What must be so after each step."""
    rule.holds = True  # type: ignore[attr-defined]
    return rule


class Academy:
    """Feeds, turns and undos of one small academy, all of one seed, in a transaction that is rolled back."""

    MEMORIES: ClassVar[Mapping[str, Memory]] = {}

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = Random(seed)
        self.stack = ExitStack()
        self.sets: list[SetTold] = evolve(seed, 5)
        self.logins: dict[int, str] = {}
        self.memories: dict[str, Memory] = {}
        for room in type(self).__mro__:
            self.memories |= vars(room).get("MEMORIES", {})
        self.memory: dict[str, Rows] = {}
        self.steps = 0
        self.reached: Counter[str] = Counter()
        #: Each step: its day, its act, and what was reached or refused.
        self.told: list[str] = []
        named = {name: getattr(self, name) for name in sorted(dir(type(self)))}
        self.acts = [each for each in named.values() if hasattr(each, "weight")]
        self.rules = [each for each in named.values() if hasattr(each, "holds")]
        # What was there before the last feed, while nobody has done anything since.
        self.before: Whole | None = None

    def live(self, steps: int) -> str:
        """So many steps, each checked. Answers the fingerprint of all that is there at the end."""
        with self.stack:
            self.stack.enter_context(registered(NOTE))
            self.stack.enter_context(a_new_instance())
            self.stack.enter_context(repeatable(self.seed))
            self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
            self.stack.enter_context(clock.at(noon("2026-06-10")))
            self.memory = {name: each.take() for name, each in self.memories.items()}
            _write_down_the_lasting_rules()
            self._begin()
            self._check()
            while self.steps < steps:
                self.something_happens()
                self._check()
            return fingerprint()

    def _begin(self) -> None:
        names = {"first_name": "Claude", "last_name": "Ruche"}
        self.operator = PersonFactory(staff=True, activated_at=clock.now(), code_open=False, **names)
        AdministratorFactory(person=self.operator, of_platform=True)
        while self.sets and not _lived_in():
            self._happens(self.the_next_feed_arrives)
        for does in sorted(self.acts, key=lambda each: each.first, reverse=True):
            for _ in range(does.first):
                self._happens(does)

    def something_happens(self) -> None:
        """One act, that finds somebody or something to do."""
        self.steps += 1
        weights = [each.weight for each in self.acts]
        for does in self.chance.choices(self.acts, weights, k=TRIES):
            if self._happens(does):
                return

    def _happens(self, does: Callable[[Random], None]) -> bool:
        """Whether the act found something to do."""
        before = self.reached.copy()
        self.told.append(f"{self.steps:3} {clock.today()} {does.__name__}")
        try:
            does(self.chance)
        finally:
            found = self.reached - before
            self.told[-1] += f": {', '.join(sorted(found)) or 'nothing'}"
        return bool(found)

    def _check(self) -> None:
        for rule in self.rules:
            rule()

    @happens(6)
    def the_next_feed_arrives(self, chance: Random) -> None:
        if not self.sets:
            return
        told = self.sets.pop(0)
        self.it_is(told.day)
        before = whole(but=ITSELF)
        run = self.done_or_refused(
            "a feed", lambda: feed(told.write(self.folder), accept_departures=True, on=clock.today())
        )
        if run is None or run.state != "applied":
            return
        self.before = before
        if Turnover.objects.filter(feed_run=run.uuid).exists():
            self.reached["a school turned by a feed"] += 1

    @happens(1)
    def the_last_feed_is_undone(self, chance: Random) -> None:
        """Exactly, where nothing was done since; else what was done since stays."""
        run = FeedRun.objects.filter(state="applied").order_by("-pk").first()
        if run is None:
            return
        with self.people_may_go():
            if self.done_or_refused("a feed undone", lambda: undo_run(run=run)) is None:
                return
        School.objects.update(held_at=None)
        if self.before is not None:
            assert (left := differences(self.before, whole(but=ITSELF))) == {}, f"undone: {left}"
        self.before = None

    @happens(4)
    def a_school_is_turned_by_hand(self, chance: Random) -> None:
        """Once is enough, a dry run tells it all, and its undo is exact."""
        school = one(School.objects.filter(class_year__lt=F("running_year")).order_by("pk"), chance)
        if school is None:
            return
        before = whole(but=ITSELF)
        told = self.done_or_refused("a dry run", lambda: roll_school(school=school, dry_run=True))
        assert differences(before, whole(but=ITSELF)) == {}, "dry"
        done = self.done_or_refused("a school turned by hand", lambda: roll_school(school=school))
        if done is None:
            assert differences(before, whole(but=ITSELF)) == {}, "refused"
            return
        assert told is not None
        assert told.schools == done.schools
        after = whole(but=ITSELF)
        school.refresh_from_db()
        assert self.done_or_refused("turned twice", lambda: roll_school(school=school)) is None
        assert differences(after, whole(but=ITSELF)) == {}, "twice"
        self.before = None
        if chance.random() < 0.5:
            undo_turn(run=UUID(str(done.run)))
            School.objects.update(held_at=None)
            left = _but_the_day_set_aside(differences(before, whole(but=ITSELF)), UUID(str(done.run)))
            assert left == {}, f"turned back: {left}"

    @holds
    def nothing_is_lost_nor_appears(self) -> None:
        """Each memory holds: what an act of its own room did not change, nothing changed."""
        for name, each in self.memories.items():
            now = each.take()
            lost, new = self.memory[name] - now, now - self.memory[name]
            assert not lost, f"{name}: lost, {lost}; {new}"
            assert not new, f"{name}: from nowhere, {new}"

    @holds
    def each_key_leads_to_a_row(self) -> None:
        """What a commit would refuse: nothing is committed here."""
        connection.check_constraints()

    @holds
    def nothing_remains_for_a_past_group_of_scolarity(self) -> None:
        ended = Turnover.objects.filter(undone_at__isnull=True).values_list("school_id", "to_year")
        for school, year in ended:
            assert not Grant.objects.filter(group__school_id=school, year__lt=year).exists()

    @holds
    def logins_never_change(self) -> None:
        now = dict(User.everyone.values_list("pk", "username"))
        assert {pk: now.get(pk) for pk in self.logins} == self.logins
        self.logins = now

    @holds
    def the_lasting_rules_hold(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select a_rule_is_broken()")
            if cursor.fetchone() == (False,):
                return
        broken = [f"{each.invariant.name} {each.rows}" for each in invariants.run_all()]
        raise AssertionError(broken)

    def it_is(self, day: date) -> None:
        self.stack.enter_context(clock.at(noon(day)))

    def done(self, what: str, act: Callable[[], Any], **touched: Callable[[Any], bool]) -> Any:
        """Someone acts; None where a rule refuses. Of the memories `touched`, only rows that these say may change
        are others then."""
        found = self.done_or_refused(what, act)
        self.before = None
        for name, may_change in touched.items():
            now = self.memories[name].take()
            others = [row for row in self.memory[name] ^ now if not may_change(row)]
            assert others == [], f"{name}: somebody else's, {others}"
            self.memory[name] = now
        return found

    def done_or_refused(self, what: str, act: Callable[[], Any]) -> Any:
        """Counts what was reached, and what was refused and why."""
        try:
            found = act()
        except DomainError as error:
            self.reached[f"{what}: refused, {error.code}"] += 1
            return None
        self.reached[what] += 1
        return found

    @contextmanager
    def people_may_go(self) -> Iterator[None]:
        """A block in which accounts may be erased: what they made passes on or goes as rules say, the rest stays."""
        known, legacies = _people(), legacies_now()
        yield
        gone = Gone(people=known - _people())
        if gone.people:
            self.reached["people erased"] += 1
        now = dict(Resource.objects.values_list("pk", "owner_id"))
        schools = dict(Resource.objects.values_list("pk", "owner_school_id"))
        for key, legacy in legacies.items():
            if legacy.owner in gone.people:
                require_heir(key, legacy, gone, now, schools)
        self.logins = {pk: login for pk, login in self.logins.items() if pk not in gone.people}
        self.memory = {name: each.left(self.memory[name], gone) for name, each in self.memories.items()}

    def things_go(self, things: set[int]) -> None:
        """These were deleted for good by whose they are, and what lay in them."""
        gone = Gone(things=things)
        self.memory = {name: each.left(self.memory[name], gone) for name, each in self.memories.items()}

    def somebody(self, chance: Random, *profiles: Profile) -> User | None:
        """Someone who may sign in, and has by now: whoever acts did."""
        people = User.objects.present().exclude(pk=self.operator.pk).order_by("pk")
        return signed_in(one(people.filter(profile__in=profiles) if profiles else people, chance))

    def teacher(self, chance: Random) -> User | None:
        team = Attachment.objects.filter(profile=Profile.TEACHER, ended_on__isnull=True)
        rows = User.objects.present().filter(pk__in=team.values("person")).order_by("pk")
        return signed_in(one(rows, chance))


def _write_down_the_lasting_rules() -> None:
    """As one function, which keeps their plans: asked one by one, they are a fifth of what a life costs."""
    asked = " or ".join(f"exists (select from ({each.sql}) b)" for each in invariants.registered())
    with connection.cursor() as cursor:
        cursor.execute(
            "create function a_rule_is_broken() returns boolean language plpgsql as"
            f" $lasting$ begin return {asked}; end $lasting$".replace("%", "%%"),
            [],
        )


def _but_the_day_set_aside(found: dict[str, Any], run: UUID) -> dict[str, Any]:
    """Of a class attachment that an undo had set aside, and that the turn brought back: it is set aside again,
    from the day of this undo."""
    again = {key for turn in Turnover.objects.filter(run=run) for key in turn.set_aside}
    rows = found.get("directory_classattachment", {"gone": [], "new": []})
    was, now = (
        {str({**row, "ended_on": None} if row["id"] in again else row) for row in rows[side]} for side in rows
    )
    return found if was != now else {name: each for name, each in found.items() if each is not rows}


def signed_in(person: User | None) -> User | None:
    if person is not None:
        User.objects.filter(pk=person.pk, activated_at__isnull=True).update(activated_at=clock.now())
    return person


def one(found: Any, chance: Random) -> Any:
    rows = list(found)
    return chance.choice(rows) if rows else None


def some(found: Any, chance: Random) -> list[Any]:
    """One to three of them."""
    rows: Sequence[Any] = list(found.order_by("pk"))
    return chance.sample(rows, min(len(rows), chance.randint(1, 3)))


def _lived_in() -> bool:
    """Whether some school has both teachers and pupils."""
    open_now = Attachment.objects.filter(ended_on__isnull=True)
    taught = open_now.filter(profile=Profile.TEACHER).values("school")
    return open_now.filter(profile=Profile.PUPIL, school__in=taught).exists()


def _people() -> set[int]:
    return set(User.everyone.values_list("pk", flat=True))
