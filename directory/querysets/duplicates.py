"""People who look like one, within a scope: both of the two are of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, Lower, NullIf
from django.db.models.lookups import Exact

from accounts.models import Merge, User
from accounts.querysets import UserQuerySet
from directory.duplicates import ADULTS, Alike, reasons
from directory.models import DistinctPeople, Guardianship
from directory.querysets.accounts import accounts_of, after, from_place, in_scope, is_wide, up_to
from directory.querysets.administered import people_administered_by
from directory.querysets.scope import AmongGiven, InPlace
from directory.rules import Standpoint
from schools.models import School

# Past it, a count says « plus de ».
LOOKED_FOR = 99
# How many people a page compares with all others, however few of them look like somebody: then it is told
# how far it looked. Among a million, twenty-five pairs may lie anywhere.
LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Looked:
    """The first of each two found, by name, and who comes next: those before were all compared."""

    firsts: list[User]
    next: User | None


def is_duplicate(scope: UserQuerySet, *, later: bool = False) -> Q:
    """Whether somebody else of `scope` looks like the person of a row, and nobody said that they are two.
    `later`: somebody made after them, so that of two only one answers. The twin of `duplicates.reasons`."""
    others = scope.present().filter(profile=OuterRef("profile"))
    others = others.filter(pk__gt=OuterRef("pk")) if later else others.exclude(pk=OuterRef("pk"))
    apart = DistinctPeople.objects.filter(
        Q(first=OuterRef("pk"), second=OuterRef(OuterRef("pk")))
        | Q(second=OuterRef("pk"), first=OuterRef(OuterRef("pk")))
    )
    others = others.alias(
        their_ine=ExpressionWrapper(OuterRef("ine"), output_field=CharField()),
        their_birth=ExpressionWrapper(OuterRef("birth_date"), output_field=DateField()),
    ).filter(
        Q(ine="") | Q(their_ine="") | Q(ine=F("their_ine")),
        Q(birth_date=None) | Q(their_birth=None) | Q(birth_date=F("their_birth")),
        ~Exists(apart),
    )
    same_ine = others.filter(ine=OuterRef("ine")).exclude(ine="")
    same_names = others.filter(sort_name=OuterRef("sort_name")).filter(_born_or_known_alike())
    return (~Q(ine="") & Q(InPlace(same_ine))) | Q(InPlace(same_names))


def duplicates_in(me: Standpoint, school: School | None) -> QuerySet[User, Any]:
    """The keys of those who look like somebody else, in a school of the scope or in all of it."""
    people = accounts_of(me, school).present()
    return people.filter(is_duplicate(_in_place(me, school))).order_by().values("pk")


def first_of_duplicates(me: Standpoint, school: School | None) -> UserQuerySet:
    """Of people who look alike, the first made of each two; by name."""
    found = accounts_of(me, school).present().filter(is_duplicate(_in_place(me, school), later=True))
    return found.order_by("sort_name", "pk")


def look_for_duplicates(
    me: Standpoint, school: School | None, place: tuple[str, int] | None, *, page: int
) -> Looked:
    """At most `page` of `first_of_duplicates`, from a place on, among the next `LOOKED_AT` people. Five
    queries at most."""
    compared, end = _compared(me, school, place)
    likely = compared.filter(is_duplicate(User.objects.all(), later=True))
    scope = _in_place(me, school)
    found = scope.filter(AmongGiven(F("pk"), likely.order_by().values_list("pk", flat=True)))
    found = found.filter(is_duplicate(scope, later=True))
    firsts = list(found.order_by("sort_name", "pk")[: page + 1])
    if len(firsts) > page:
        return Looked(firsts[:page], firsts[page])
    later = after(accounts_of(me, school).present(), end) if end else None
    return Looked(firsts, later.order_by("sort_name", "pk").first() if later is not None else None)


def _compared(
    me: Standpoint, school: School | None, place: tuple[str, int] | None
) -> tuple[UserQuerySet, tuple[str, int] | None]:
    """The next people to compare, and where they end if others may follow. A wide scope is walked in the
    order of everybody's names, whose index alone tells the end: those of elsewhere are left out later."""
    if not is_wide(me, school):
        people = accounts_of(me, school).present()
        walked = from_place(people, place) if place else people
        places = list(walked.order_by("sort_name", "pk").values_list("sort_name", "pk")[:LOOKED_AT])
        end = places[-1] if len(places) == LOOKED_AT else None
        return User.objects.filter(AmongGiven(F("pk"), [pk for _, pk in places])), end
    everybody: UserQuerySet = User.everyone.all()
    walked = from_place(everybody, place) if place else everybody
    end = walked.order_by("sort_name", "pk").values_list("sort_name", "pk")[LOOKED_AT - 1 : LOOKED_AT].first()
    people = User.objects.present()
    people = from_place(people, place) if place else people
    return (up_to(people, end) if end else people), end


def duplicates_number(me: Standpoint, school: School) -> tuple[int, bool]:
    """How many such people a school has, and whether that is all: no further than `LOOKED_FOR`."""
    number = first_of_duplicates(me, school).order_by()[: LOOKED_FOR + 1].count()
    return (number, True) if number <= LOOKED_FOR else (LOOKED_FOR, False)


def alike_to(person: User, me: Standpoint) -> list[Alike]:
    """Those of the scope who look like one person, who comes first in each pair. Three queries at most."""
    if person.pre_deleted_on is not None or not me.administers_something:
        return []
    like = Q(sort_name=person.sort_name) | Q(ine=person.ine) if person.ine else Q(sort_name=person.sort_name)
    found = User.objects.present().filter(like, profile=person.profile).exclude(pk=person.pk)
    if not me.platform:
        found = found.filter(in_scope(me))
    others = list(found.order_by("pk")[:LOOKED_FOR])
    if not others:
        return []
    children = children_of([person, *others])
    apart = _said_apart(person)
    pairs = [
        Alike(person, other, reasons(person, other, children=children[person.pk], others=children[other.pk]))
        for other in others
        if other.pk not in apart
    ]
    return [pair for pair in pairs if pair.reasons]


def pairs_of(firsts: Sequence[User], me: Standpoint, school: School | None) -> list[Alike]:
    """The pairs that `first_of_duplicates` announces, in the same order. Three queries."""
    if not firsts:
        return []
    like = Q(sort_name__in=[person.sort_name for person in firsts])
    ines = [person.ine for person in firsts if person.ine]
    found = _in_place(me, school).present().filter(like | Q(ine__in=ines) if ines else like)
    others = list(found.order_by("pk"))
    children = children_of([*firsts, *others])
    apart = set(
        DistinctPeople.objects.filter(first__in=[person.pk for person in firsts]).values_list(
            "first", "second"
        )
    )
    pairs = []
    for one in firsts:
        for other in others:
            if other.pk <= one.pk or (one.pk, other.pk) in apart:
                continue
            why = reasons(one, other, children=children[one.pk], others=children[other.pk])
            if why:
                pairs.append(Alike(one, other, why))
    return pairs


def children_of(people: Iterable[User]) -> dict[int, frozenset[int]]:
    """The pupils for whom each of these people is responsible now."""
    found: dict[int, set[int]] = defaultdict(set)
    ties = Guardianship.objects.filter(relative__in=[each.pk for each in people], ended_on__isnull=True)
    for relative, pupil in ties.values_list("relative_id", "pupil_id"):
        found[relative].add(pupil)
    return defaultdict(frozenset, {key: frozenset(pupils) for key, pupils in found.items()})


def merges_visible_to(person: User) -> QuerySet[Merge]:
    """The merges whose person is of someone's scope, the last first; those undone too."""
    scope = people_administered_by(person).order_by().values("pk")
    kept = Q(kept__in=scope) | Q(kept__merged_into__in=scope)
    return Merge.objects.filter(kept).select_related("kept__merged_into", "gone")


def _in_place(me: Standpoint, school: School | None) -> UserQuerySet:
    """Everybody of the scope, each asked as it comes: for the few who bear one's name."""
    people: UserQuerySet = User.objects.all()
    return people if me.platform and school is None else people.filter(in_scope(me, school))


def _said_apart(person: User) -> set[int]:
    """Those who were said to be somebody else."""
    said = DistinctPeople.objects.filter(Q(first=person) | Q(second=person)).values_list("first", "second")
    return {key for pair in said for key in pair}


def _born_or_known_alike() -> Q:
    """Of people of the same names: born the same day, or, for adults, with a mail, a telephone or a child in
    common."""
    child = Guardianship.objects.filter(ended_on__isnull=True, relative_id=OuterRef("pk")).filter(
        pupil_id__in=Guardianship.objects.filter(
            ended_on__isnull=True, relative_id=OuterRef(OuterRef(OuterRef("pk")))
        ).values("pupil_id")
    )
    mail, mobile = _mail(F), _mobile(F)
    known = (
        (Q(Exact(mail, _mail(OuterRef))) & ~Q(Exact(mail, Value(""))))
        | (Q(Exact(mobile, _mobile(OuterRef))) & ~Q(Exact(mobile, Value(""))))
        | Q(Exists(child))
    )
    return Q(birth_date=OuterRef("birth_date")) | (Q(profile__in=ADULTS) & known)


def _mail(ref: type[F]) -> Func:
    chosen = NullIf(ref("own_email"), Value(""), output_field=CharField())
    return Lower(Coalesce(chosen, ref("email"), output_field=CharField()), output_field=CharField())


def _mobile(ref: type[F]) -> Func:
    return Func(
        ref("mobile_phone"), Value(r"\D"), Value(""), Value("g"),
        function="regexp_replace", output_field=CharField(),
    )  # fmt: skip
