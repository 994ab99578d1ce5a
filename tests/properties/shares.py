"""What an academy's people share: by name, with groups of scolarity, manual groups, favourites; taken back; thrown
away; entrusted, ceded."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q

from accounts.models import User
from directory.enums import GroupKind
from directory.models import Favourite, Group
from directory.querysets import groups_addressable_by, people_visible_to
from directory.rules import TEAM
from directory.services import favourites
from schools.models import School
from sharing.enums import Role
from sharing.models import Grant, Handover, Resource
from sharing.services import bin as removal
from sharing.services import hand_over, resources, share
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.properties.academy import Academy, Gone, Memory, Rows, happens, one, signed_in, some
from tests.sharing.kinds import NOTE

ROLES = tuple(Role)
STEPS = ("throw", "bring back", "erase", "throw")
GIFTS = ("offer", "offer", "accept", "accept", "decline", "take back", "to the school")


class Thing(NamedTuple):
    key: int
    kind: str
    owner: int | None
    thrown: bool


class Given(NamedTuple):
    """A grant that no rollover ends: to a person, or to a manual group."""

    thing: int
    person: int | None
    group: int | None
    role: int


def _things() -> Rows:
    rows = Resource.objects.values_list("pk", "kind", "owner_id", "trashed_at")
    return {Thing(key, kind, owner, thrown is not None) for key, kind, owner, thrown in rows}


def _things_left(rows: Rows, gone: Gone) -> Rows:
    return {
        row._replace(owner=gone.heirs.get(row.key, row.owner)) for row in rows if row.key not in gone.things
    }


def _given() -> Rows:
    rows = Grant.objects.filter(Q(group__isnull=True) | Q(group__kind=GroupKind.MANUAL))
    return {Given(*row) for row in rows.values_list("resource_id", "person_id", "group_id", "role")}


def _given_left(rows: Rows, gone: Gone) -> Rows:
    """Whoever inherits a thing owns it, and is granted it no more."""
    return {
        row
        for row in rows
        if row.thing not in gone.things
        and row.person not in gone.people
        and (row.person is None or gone.heirs.get(row.thing) != row.person)
    }


class Shares(Academy):
    MEMORIES: ClassVar[Mapping[str, Memory]] = {
        "things": Memory(_things, _things_left),
        "given": Memory(_given, _given_left),
    }

    @happens(3, first=4)
    def someone_makes_a_thing(self, chance: Random) -> None:
        by = self.teacher(chance)
        if by is not None:
            known = {row.key for row in self.memory["things"]}
            self.done(
                "a thing made",
                lambda: resources.create(
                    owner=by, kind=NOTE.key, title=f"Note {chance.randrange(1_000)}", by=by
                ),
                things=lambda row: row.key not in known and row.owner == by.pk,
            )

    @happens(10, first=2)
    def it_is_shared(self, chance: Random) -> None:
        way, role = chance.choice(list(CHOSEN)), chance.choice(ROLES)
        owned = Resource.objects.filter(owner__in=User.objects.present(), trashed_at__isnull=True)
        thing = one(owned.select_related("owner").order_by("pk"), chance)
        if thing is not None:
            by = thing.owner
            self.done(
                f"shared: {way}",
                lambda: share.share(by=by, resource=thing, role=role, **CHOSEN[way](by, chance)),
                given=lambda row: row.thing == thing.pk,
            )

    @happens(2)
    def a_share_is_taken_back(self, chance: Random) -> None:
        held = Grant.objects.filter(resource__owner__in=User.objects.present()).order_by("pk")
        grant = one(held.select_related("resource__owner", "person", "group"), chance)
        if grant is not None:
            who = {"person": grant.person} if grant.person else {"group": grant.group}
            self.done(
                "a share taken back",
                lambda: share.remove(by=grant.resource.owner, resource=grant.resource, **who),
                given=lambda row: (
                    (row.thing, row.person, row.group) == (grant.resource_id, grant.person_id, grant.group_id)
                ),
            )

    @happens(3)
    def a_thing_is_thrown_away_in_two_steps(self, chance: Random) -> None:
        """Whoever had it finds it again when it comes back; what is deleted for good is gone for all."""
        step = chance.choice(STEPS)
        owned = Resource.objects.filter(owner__in=User.objects.present(), trashed_at__isnull=step == "throw")
        thing = one(owned.select_related("owner").order_by("pk"), chance)
        if thing is None:
            return
        act = {"throw": removal.throw, "bring back": removal.bring_back, "erase": removal.erase}[step]
        self.done(
            f"a thing: {step}",
            lambda: act(by=thing.owner, resources=[thing]),
            things=lambda row: row.key == thing.pk,
        )
        if step == "erase":
            self.things_go({thing.pk})

    @happens(4)
    def a_thing_is_ceded(self, chance: Random) -> None:
        """Its former owner manages it by name, and it is the other's; nobody else loses it."""
        step = chance.choice(GIFTS)
        if step in {"offer", "to the school"}:
            owned = Resource.objects.filter(owner__in=User.objects.present(), trashed_at__isnull=True)
            thing = one(owned.select_related("owner").order_by("pk"), chance)
            if thing is not None and step == "offer":
                self._offer(thing, chance)
            elif thing is not None:
                self._give_to_the_school(thing, chance)
            return
        waiting = Handover.objects.filter(answered_at__isnull=True).select_related("to", "resource__owner")
        offer = one(waiting.order_by("pk"), chance)
        if offer is None:
            return
        if step == "take back":
            by = offer.resource.owner
            self.done("an offer taken back", lambda: hand_over.take_back(by=by, handover=offer))
            return
        act = {"accept": hand_over.accept, "decline": hand_over.decline}[step]
        people = {offer.to_id, offer.resource.owner_id}
        self.done(
            f"an offer: {step}",
            lambda: act(by=signed_in(offer.to), handover=offer),
            things=lambda row: row.key == offer.resource_id,
            given=lambda row: row.thing == offer.resource_id and row.person in people,
        )

    def _offer(self, thing: Resource, chance: Random) -> None:
        colleagues = people_visible_to(thing.owner).filter(profile__in=TEAM)
        to = one(colleagues.exclude(pk=thing.owner_id).order_by("pk"), chance)
        if to is not None:
            self.done("an offer", lambda: hand_over.offer(by=thing.owner, resource=thing, to=to))

    def _give_to_the_school(self, thing: Resource, chance: Random) -> None:
        school = one(School.objects.order_by("pk"), chance)
        self.done(
            "given to the school",
            lambda: hand_over.give_to_school(by=thing.owner, resource=thing, school=school),
            things=lambda row: row.key == thing.pk,
        )


def _by_name(by: User, chance: Random) -> dict[str, Any]:
    return {"persons": _people_around(by, chance)}


def _with_scolarity_groups(by: User, chance: Random) -> dict[str, Any]:
    found = groups_addressable_by(by).exclude(kind=GroupKind.MANUAL)
    return {"groups": some(found.select_related("school", "school_class"), chance)}


def _with_manual_groups(by: User, chance: Random) -> dict[str, Any]:
    return {"groups": _manual_groups(by, chance)}


def _through_a_favourite(by: User, chance: Random) -> dict[str, Any]:
    name = f"Favori {Favourite.objects.count()}"
    return {"favourites": [favourites.create(by=by, name=name, persons=_people_around(by, chance))]}


CHOSEN: dict[str, Callable[[User, int], dict[str, Any]]] = {
    "name": _by_name,
    "scolarity": _with_scolarity_groups,
    "manual": _with_manual_groups,
    "favourite": _through_a_favourite,
}


def _people_around(by: User, chance: Random) -> list[User]:
    return some(people_visible_to(by).exclude(pk=by.pk), chance)


def _manual_groups(by: User, chance: Random) -> list[Group]:
    """One of a school of theirs, made where there is none; the owner and two others are in it."""
    school = (
        School.objects.filter(attachment__person=by, attachment__ended_on__isnull=True).order_by("pk").first()
    )
    if school is None:
        return []
    group = Group.objects.filter(school=school, kind=GroupKind.MANUAL, protected=False).order_by("pk").first()
    if group is None:
        group = GroupFactory(school=school, name="Chorale")
        for person in _people_around(by, chance):
            MembershipFactory(group=group, person=person)
    return [group]
