"""What an academy's people share, year after year, beside a memory of what must still be there."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from core import clock, invariants
from core.errors import DomainError
from directory.enums import GroupKind
from directory.models import Attachment, Favourite, Group
from directory.querysets import groups_addressable_by, people_visible_to
from directory.services import favourites
from feeds.models import FeedRun
from feeds.services.undo_run import undo_run
from rollover.models import Turnover
from rollover.services.roll import roll_school
from rollover.services.undo import undo_run as undo_turn
from schools.models import School
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.services import resources, share
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.feeds.sets import feed, noon
from tests.feeds.whole import Whole, differences, whole
from tests.properties.academies import SetTold, evolve
from tests.properties.test_feeds import REST, a_new_instance
from tests.sharing.kinds import NOTE, registered

NUMBERS = st.integers(0, 10_000)
ROLES = st.sampled_from(Role)
#: What an undo leaves behind by design: its own records, and places that a first set made.
ITSELF = (*REST, "sharing_withdrawal", "schools_academy", "schools_district", "schools_schoolyear")
# A grant that no rollover ends: resource, person, manual group, role.
type Kept = tuple[int, int | None, int | None, int]


class Sharing(RuleBasedStateMachine):
    """Feeds, shares, turns and undos of one small academy, in a transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(registered(NOTE))
        self.stack.enter_context(a_new_instance())
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.stack.enter_context(clock.at(noon("2026-06-10")))
        self.sets: list[SetTold] = []
        self.owners: dict[int, int] = {}
        self.kept: set[Kept] = set()
        self.logins: dict[int, str] = {}
        # What was there before the last feed, while nobody has done anything since.
        self.before: Whole | None = None

    def teardown(self) -> None:
        self.stack.close()

    @initialize(seed=st.integers(0, 2**32 - 1))
    def an_academy(self, seed: int) -> None:
        self.sets = evolve(seed, 5)
        while self.sets and not Attachment.objects.filter(profile="TEACHER").exists():
            self.the_next_feed_arrives()

    @precondition(lambda self: self.sets)
    @rule()
    def the_next_feed_arrives(self) -> None:
        told = self.sets.pop(0)
        self.stack.enter_context(clock.at(noon(told.day)))
        before = whole(but=ITSELF)
        run = self._refused_or(
            lambda: feed(told.write(self.folder), accept_departures=True, on=clock.today())
        )
        if run is None or run.state != "applied":
            return
        self.before = before
        if Turnover.objects.filter(feed_run=run.uuid).exists():
            event("a school turned")

    @rule(number=NUMBERS)
    def someone_makes_a_thing(self, number: int) -> None:
        team = Attachment.objects.filter(profile="TEACHER", ended_on__isnull=True).select_related("person")
        row = _one(team.order_by("pk"), number)
        if row is not None:
            # Whoever makes something has signed in.
            User.objects.filter(pk=row.person_id, activated_at__isnull=True).update(activated_at=clock.now())
            made = resources.create(owner=row.person, kind=NOTE.key, title=f"Note {number}", by=row.person)
            self.owners[made.pk] = row.person_id
            self.before = None

    @rule(number=NUMBERS, role=ROLES)
    def it_is_shared_by_name(self, number: int, role: Role) -> None:
        self._share(number, role, lambda by: {"persons": _people_around(by, number)})

    @rule(number=NUMBERS, role=ROLES)
    def it_is_shared_with_groups_of_scolarity(self, number: int, role: Role) -> None:
        def chosen(by: User) -> dict[str, Any]:
            found = groups_addressable_by(by).exclude(kind=GroupKind.MANUAL)
            return {"groups": _some(found.select_related("school", "school_class"), number)}

        self._share(number, role, chosen)

    @rule(number=NUMBERS, role=ROLES)
    def it_is_shared_with_a_manual_group(self, number: int, role: Role) -> None:
        self._share(number, role, lambda by: {"groups": _manual_groups(by, number)})

    @rule(number=NUMBERS, role=ROLES)
    def it_is_shared_through_a_favourite(self, number: int, role: Role) -> None:
        def chosen(by: User) -> dict[str, Any]:
            name = f"Favori {Favourite.objects.count()}"
            return {"favourites": [favourites.create(by=by, name=name, persons=_people_around(by, number))]}

        self._share(number, role, chosen)

    @rule(number=NUMBERS)
    def a_share_is_taken_back(self, number: int) -> None:
        held = Grant.objects.filter(resource__owner__isnull=False).order_by("pk")
        grant = _one(held.select_related("resource__owner", "person", "group"), number)
        if grant is not None:
            who = {"person": grant.person} if grant.person else {"group": grant.group}
            self._act(lambda: share.remove(by=grant.resource.owner, resource=grant.resource, **who))

    @rule()
    def the_last_feed_is_undone(self) -> None:
        """Exactly, where nothing was done since; else what was done since stays."""
        run = FeedRun.objects.filter(state="applied").order_by("-pk").first()
        if run is None or self._refused_or(lambda: undo_run(run=run)) is None:
            return
        event("a feed was undone")
        School.objects.update(held_at=None)
        if self.before is not None:
            assert differences(self.before, whole(but=ITSELF)) == {}, "undone"
        self.before = None
        there = set(User.objects.values_list("pk", flat=True))
        self.kept = {each for each in self.kept if each[1] is None or each[1] in there}
        self.logins = {pk: login for pk, login in self.logins.items() if pk in there}

    @rule(number=NUMBERS, back=st.booleans())
    def a_school_is_turned_by_hand(self, number: int, back: bool) -> None:
        """Once is enough, a dry run tells it all, and its undo is exact."""
        ready = School.objects.filter(class_year__lt=F("running_year")).order_by("pk")
        school = _one(ready, number)
        if school is None:
            return
        before = whole(but=ITSELF)
        told = self._refused_or(lambda: roll_school(school=school, year=None, dry_run=True))
        assert differences(before, whole(but=ITSELF)) == {}, "dry"
        done = self._refused_or(lambda: roll_school(school=school, year=None, dry_run=False))
        if done is None:
            assert differences(before, whole(but=ITSELF)) == {}, "refused"
            return
        assert told is not None
        assert told.schools == done.schools
        event("a school was turned by hand")
        after = whole(but=ITSELF)
        school.refresh_from_db()
        assert self._refused_or(lambda: roll_school(school=school, year=None, dry_run=False)) is None
        assert differences(after, whole(but=ITSELF)) == {}, "twice"
        self.before = None
        if back:
            undo_turn(run=UUID(str(done.run)))
            School.objects.update(held_at=None)
            assert differences(before, whole(but=ITSELF)) == {}, "turned back"

    @invariant()
    def nothing_owned_is_lost(self) -> None:
        now = dict(Resource.objects.values_list("pk", "owner_id"))
        assert {pk: now.get(pk) for pk in self.owners} == self.owners

    @invariant()
    def what_is_by_name_by_favourite_or_to_a_manual_group_remains(self) -> None:
        assert _kept() == self.kept

    @invariant()
    def nothing_remains_for_a_past_group_of_scolarity(self) -> None:
        ended = Turnover.objects.filter(undone_at__isnull=True).values_list("school_id", "to_year")
        for school, year in ended:
            assert not Grant.objects.filter(group__school_id=school, year__lt=year).exists()

    @invariant()
    def logins_never_change(self) -> None:
        now = dict(User.objects.values_list("pk", "username"))
        assert {pk: now.get(pk) for pk in self.logins} == self.logins
        self.logins = now

    @invariant()
    def the_lasting_rules_hold(self) -> None:
        assert [f"{each.invariant.name} {each.rows}" for each in invariants.run_all()] == []

    def _share(self, number: int, role: Role, chosen: Callable[[User], dict[str, Any]]) -> None:
        owned = Resource.objects.filter(owner__isnull=False, owner__pre_deleted_on__isnull=True)
        resource = _one(owned.select_related("owner").order_by("pk"), number)
        if resource is not None and resource.owner is not None:
            by = resource.owner
            self._act(lambda: share.share(by=by, resource=resource, role=role, **chosen(by)))

    def _act(self, act: Callable[[], Any]) -> None:
        self._refused_or(act)
        self.kept, self.before = _kept(), None

    @staticmethod
    def _refused_or(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except DomainError as error:
            event(f"refused: {error.code}")
            return None


def _kept() -> set[Kept]:
    rows = Grant.objects.filter(Q(group__isnull=True) | Q(group__kind=GroupKind.MANUAL))
    return set(rows.values_list("resource_id", "person_id", "group_id", "role"))


def _one(found: Any, number: int) -> Any:
    rows = list(found)
    return rows[number % len(rows)] if rows else None


def _some(found: Any, number: int) -> list[Any]:
    rows: Sequence[Any] = list(found.order_by("pk"))
    return Random(number).sample(rows, min(len(rows), 1 + number % 3))


def _people_around(by: User, number: int) -> list[User]:
    return _some(people_visible_to(by).exclude(pk=by.pk), number)


def _manual_groups(by: User, number: int) -> list[Group]:
    """One of a school of theirs, made where there is none; the owner and two others are in it."""
    school = School.objects.filter(attachment__person=by, attachment__ended_on__isnull=True).first()
    if school is None:
        return []
    group = Group.objects.filter(school=school, kind=GroupKind.MANUAL, protected=False).first()
    if group is None:
        group = GroupFactory(school=school)
        for person in _people_around(by, number):
            MembershipFactory(group=group, person=person)
    return [group]
