"""Accounts that look like one person's: found, with why, in one's scope alone."""

from datetime import date
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from directory.duplicates import Reason, kept_first, reasons
from directory.querysets import standpoint_of
from directory.querysets.duplicates import (
    children_of,
    duplicates_in,
    first_of_duplicates,
    look_for_duplicates,
    pairs_of,
)
from directory.services import duplicates
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory, GuardianshipFactory
from tests.directory.merging.worlds import TwinWorld, twins
from tests.directory.worlds import school_world

pytestmark = pytest.mark.django_db


def found(by: User) -> list[tuple[int, int, tuple[Reason, ...]]]:
    me = standpoint_of(by)
    firsts = list(first_of_duplicates(me, None))
    return [(pair.first.pk, pair.second.pk, pair.reasons) for pair in pairs_of(firsts, me, None)]


def say(person: User, **values: object) -> None:
    User.objects.filter(pk=person.pk).update(**values)


def pair(world: TwinWorld, *why: Reason) -> list[tuple[int, int, tuple[Reason, ...]]]:
    return [(world.kept.pk, world.gone.pk, why)]


def test_pupils_by_their_ine_or_their_names_and_birth() -> None:
    world = twins("pupil")
    assert found(world.director) == pair(world, Reason.BIRTH)
    for person in (world.kept, world.gone):
        say(person, ine="110000001AB")
    assert found(world.director) == pair(world, Reason.INE, Reason.BIRTH)
    say(world.gone, birth_date=None, last_name="Legoff")
    assert found(world.director) == pair(world, Reason.INE)


def test_what_says_that_they_are_two_is_heard() -> None:
    world = twins("pupil")
    say(world.gone, birth_date=date(2018, 3, 15))
    assert found(world.director) == []
    say(world.gone, birth_date=date(2018, 3, 14), ine="110000001AB")
    assert found(world.director) == pair(world, Reason.BIRTH)
    say(world.kept, ine="110000002CD")
    assert found(world.director) == []


def test_relatives_by_a_mail_a_telephone_or_a_child() -> None:
    world = twins("relative")
    assert found(world.director) == []
    say(world.kept, email="a@exemple.fr")
    say(world.gone, own_email="A@exemple.fr", email="b@exemple.fr")
    assert found(world.director) == pair(world, Reason.MAIL)
    say(world.gone, own_email="", mobile_phone="06 12-34 56 78")
    say(world.kept, mobile_phone="0612345678")
    assert found(world.director) == pair(world, Reason.MOBILE)
    say(world.gone, mobile_phone="")
    GuardianshipFactory(relative=world.gone, pupil=world.home.classes[0].pupils[0])
    assert found(world.director) == pair(world, Reason.CHILD)


def test_only_two_of_the_scope_are_shown() -> None:
    world, other = twins("pupil"), school_world()
    assert found(other.director) == []
    AttachmentFactory(person=world.gone, school=other.school)
    world.gone.attachment_set.filter(school=world.school).delete()
    assert found(world.director) == found(other.director) == []
    everybody = AdministratorFactory(of_platform=True).person
    assert found(everybody) == pair(world, Reason.BIRTH)


def test_two_said_to_be_two_are_not_shown_again() -> None:
    world = twins("pupil")
    duplicates.say_distinct(by=world.director, one=world.gone, other=world.kept)
    assert found(world.director) == []
    assert not duplicates_in(standpoint_of(world.director), None).exists()


def test_two_made_one_are_shown_no_more_and_again_once_parted() -> None:
    world = twins("pupil")
    me = standpoint_of(world.director)
    assert set(duplicates_in(me, world.school).values_list("pk", flat=True)) == {
        world.kept.pk,
        world.gone.pk,
    }
    merge = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    assert found(world.director) == []
    duplicates.unmerge(by=world.director, merge=merge)
    assert found(world.director) == pair(world, Reason.BIRTH)


def test_the_list_and_the_rule_say_the_same() -> None:
    world = twins("relative")
    child = world.home.classes[0].pupils[0]
    for mail, phone, born in (("a@x.fr", "", None), ("A@x.fr", "06 1", date(1980, 1, 1)), ("", "061", None)):
        person = PersonFactory(
            relative=True,
            first_name="Maëlle",
            last_name="Le Goff",
            email=mail,
            mobile_phone=phone,
            birth_date=born,
        )
        GuardianshipFactory(relative=person, pupil=child)
    people = list(User.objects.order_by("pk"))
    children = children_of(people)
    told = {
        (one.pk, other.pk)
        for one, other in combinations(people, 2)
        if reasons(one, other, children=children[one.pk], others=children[other.pk])
    }
    assert {(first, second) for first, second, _ in found(world.director)} == told
    assert len(told) > 4


def test_as_many_queries_whatever_there_is() -> None:
    world = twins("pupil")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found(world.director)
        return len(queries)

    before = asked()
    for _ in range(20):
        person = PersonFactory(pupil=True, first_name="Maëlle", last_name="Le Goff")
        AttachmentFactory(person=person, school=world.school)
    assert asked() == before


@pytest.mark.parametrize("scope", ["school", "academy"])
def test_looked_for_a_few_people_at_a_time_all_are_found_once(
    scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where most of those who are compared are of another academy."""
    world = twins("pupil")
    by = world.director
    if scope == "academy":
        by = AdministratorFactory(of_academy=True, academy=world.school.academy).person
        school_world(classes=1, pupils=9)
    for name in ("Aa", "Aa", "Zz", "Zz"):
        person = PersonFactory(pupil=True, first_name="Ana", last_name=name, birth_date=world.kept.birth_date)
        AttachmentFactory(person=person, school=world.school)
    me = standpoint_of(by)
    monkeypatch.setattr("directory.querysets.duplicates.LOOKED_AT", 2)
    seen, place, pages = [], None, 0
    while pages == 0 or place:
        looked = look_for_duplicates(me, None, place, page=25)
        seen += looked.firsts
        place = (looked.next.sort_name, looked.next.pk) if looked.next else None
        pages += 1
    assert seen == list(first_of_duplicates(me, None))
    assert len(seen) == 3
    assert pages > 2


def test_the_fed_account_in_use_is_the_one_proposed_to_be_kept() -> None:
    by_hand, fed = PersonFactory(pupil=True, activated=True), PersonFactory(pupil=True, fed=True)
    assert kept_first(by_hand, fed) == (fed, by_hand)
    one, used = PersonFactory(pupil=True), PersonFactory(pupil=True, activated=True)
    assert kept_first(one, used) == (used, one)
