"""Favourites: made, filled and read as the recipients that they stand for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from core.models import AuditEntry
from directory.enums import GroupKind
from directory.errors import (
    FavouriteFull,
    FavouriteNameMissing,
    FavouriteNameTaken,
    MembersNotVisible,
    NoSuchFavourite,
    OutOfReach,
)
from directory.models import Attachment, ClassAttachment, Favourite, FavouriteEntry, Group
from directory.querysets import favourites_of
from directory.services import attach, favourites, groups
from directory.services.opening import open_groups
from directory.signals import groups_deleted
from tests.directory.factories import ENDED, NOW, GroupFactory, MembershipFactory, SchoolClassFactory
from tests.directory.worlds import SchoolWorld, pupil_in, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


@pytest.fixture
def teacher(world: SchoolWorld) -> User:
    return world.classes[0].teacher


def class_group(world: SchoolWorld, profile: str) -> Group:
    return Group.objects.get(school_class=world.classes[0].school_class, profile=profile)


def names(people: list[User]) -> set[str]:
    return {person.full_name for person in people}


def test_a_favourite_is_made_with_its_recipients_and_found_by_its_owner_alone(
    world: SchoolWorld, teacher: User
) -> None:
    pupil = world.classes[0].pupils[0]
    made = favourites.create(
        by=teacher, name="  Projet   théâtre ", persons=[pupil], groups=[class_group(world, "PUPIL")]
    )
    assert made.name == "Projet théâtre"
    assert [(each, each.size) for each in favourites_of(teacher)] == [(made, 2)]
    assert not favourites_of(world.director).exists()
    entry = AuditEntry.objects.get(verb="favourite.created", subject=made.uuid)
    assert (entry.actor, entry.after) == (teacher.uuid, {"name": "Projet théâtre"})


@pytest.mark.parametrize("name", ["", "  \n", "\u00a0"])
def test_a_favourite_has_a_name(teacher: User, name: str) -> None:
    with pytest.raises(FavouriteNameMissing):
        favourites.create(by=teacher, name=name)
    assert not Favourite.objects.exists()


def test_two_favourites_of_one_person_have_two_names_whatever_the_accents(
    world: SchoolWorld, teacher: User
) -> None:
    favourites.create(by=teacher, name="Élèves du théâtre")
    other = favourites.create(by=teacher, name="Musique")
    for act in (
        lambda: favourites.create(by=teacher, name="ELEVES du theatre"),
        lambda: favourites.rename(by=teacher, favourite=other, name="eleves du théâtre"),
    ):
        with pytest.raises(FavouriteNameTaken):
            act()
    favourites.create(by=world.director, name="Élèves du théâtre")
    assert favourites.rename(by=teacher, favourite=other, name="MUSIQUE").name == "MUSIQUE"


@pytest.mark.parametrize(
    "act",
    [
        lambda by, favourite: favourites.rename(by=by, favourite=favourite, name="À moi"),
        lambda by, favourite: favourites.delete(by=by, favourite=favourite),
        lambda by, favourite: favourites.add(by=by, favourite=favourite, persons=[by]),
        lambda by, favourite: favourites.remove(by=by, favourite=favourite),
        lambda by, favourite: favourites.resolve(by=by, favourite=favourite),
    ],
    ids=["rename", "delete", "add", "remove", "resolve"],
)
def test_nobody_elses_favourite_exists(
    world: SchoolWorld, teacher: User, act: Callable[[User, Favourite], Any]
) -> None:
    favourite = favourites.create(by=teacher, name="Théâtre")
    with pytest.raises(NoSuchFavourite):
        act(world.director, favourite)
    favourite.refresh_from_db()
    assert favourite.name == "Théâtre"
    act(teacher, favourite)


def test_recipients_are_added_once_and_never_the_owner(world: SchoolWorld, teacher: User) -> None:
    favourite = favourites.create(by=teacher, name="Théâtre")
    here = world.classes[0]
    manual = GroupFactory(school=world.school)
    assert (
        favourites.add(by=teacher, favourite=favourite, persons=[*here.pupils, teacher], groups=[manual]) == 3
    )
    assert favourites.add(by=teacher, favourite=favourite, persons=here.pupils, groups=[manual]) == 0
    assert favourites.remove(by=teacher, favourite=favourite, persons=here.pupils[:1], groups=[manual]) == 2
    assert favourites.remove(by=teacher, favourite=favourite, persons=here.pupils[:1]) == 0
    assert list(favourite.entries.values_list("person_id", flat=True)) == [here.pupils[1].pk]
    verbs = AuditEntry.objects.filter(subject=favourite.uuid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["favourite.created", "favourite.entries_added", "favourite.entries_removed"]


def test_only_who_is_within_reach_is_added_and_then_nobody_is(world: SchoolWorld, teacher: User) -> None:
    favourite = favourites.create(by=teacher, name="Théâtre")
    other = school_world()
    far = other.classes[0]
    for chosen in (
        {"persons": [world.classes[0].pupils[0], far.pupils[0]]},
        {"groups": [GroupFactory(school=world.school), GroupFactory(school=other.school)]},
    ):
        with pytest.raises(OutOfReach):
            favourites.add(by=teacher, favourite=favourite, **chosen)
    assert not favourite.entries.exists()
    with pytest.raises(OutOfReach):
        favourites.create(by=teacher, name="Ailleurs", persons=far.pupils)
    assert not Favourite.objects.filter(name="Ailleurs").exists()


def test_a_favourite_is_full_at_some_point(
    world: SchoolWorld, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(favourites, "MOST", 2)
    favourite = favourites.create(by=teacher, name="Théâtre", persons=world.classes[0].pupils)
    with pytest.raises(FavouriteFull):
        favourites.add(by=teacher, favourite=favourite, persons=[world.director])
    assert favourite.entries.count() == 2


def test_a_favourite_stands_for_the_members_its_scolarity_groups_have_today(
    world: SchoolWorld, teacher: User
) -> None:
    here = world.classes[0]
    manual = GroupFactory(school=world.school)
    favourite = favourites.create(
        by=teacher,
        name="Théâtre",
        persons=[world.director, here.pupils[0]],
        groups=[class_group(world, "PUPIL"), class_group(world, "TEACHER"), manual],
    )
    late = pupil_in(here.school_class)
    found = favourites.resolve(by=teacher, favourite=favourite)
    assert found.persons == sorted({world.director, *here.pupils, late}, key=lambda p: (p.sort_name, p.pk))
    assert (found.groups, found.left_out) == ([manual], [])


def test_who_is_no_longer_within_reach_is_left_out_and_named(world: SchoolWorld, teacher: User) -> None:
    here = world.classes[0]
    moved, leaving, stays = here.pupils[0], world.director, here.pupils[1]
    manual, pupils = GroupFactory(school=world.school, name="Chorale"), class_group(world, "PUPIL")
    favourite = favourites.create(
        by=teacher, name="Théâtre", persons=[moved, leaving, stays], groups=[manual, pupils]
    )
    for table in (Attachment, ClassAttachment):
        table.objects.filter(person=moved).update(ended_on=ENDED)
    User.objects.filter(pk=leaving.pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    found = favourites.resolve(by=teacher, favourite=favourite)
    assert (found.persons, found.groups) == ([stays], [manual])
    assert set(found.left_out) == names([moved, leaving])
    Attachment.objects.filter(person=teacher).update(ended_on=ENDED)
    found = favourites.resolve(by=teacher, favourite=favourite)
    assert (found.persons, found.groups) == ([], [])
    assert {"Chorale", pupils.label, stays.full_name} <= set(found.left_out)


def test_a_group_is_resolved_only_for_whoever_may_see_who_is_in_it(world: SchoolWorld) -> None:
    here = world.classes[0]
    relative, teachers = here.relatives[0], class_group(world, "TEACHER")
    favourite = favourites.create(by=relative, name="École", persons=[here.teacher])
    with pytest.raises(MembersNotVisible) as refused:
        favourites.add(by=relative, favourite=favourite, groups=[teachers])
    assert refused.value.fields["groups"] == [teachers.label]
    assert teachers.label in refused.value.sentence
    FavouriteEntry.objects.create(favourite=favourite, group=teachers)
    with pytest.raises(MembersNotVisible):
        favourites.resolve(by=relative, favourite=favourite)


def test_a_relative_keeps_the_manual_group_that_the_school_opens_to_them(world: SchoolWorld) -> None:
    relative = world.classes[0].relatives[0]
    ape = GroupFactory(school=world.school, name="APE", open_to_members=True)
    MembershipFactory(group=ape, person=relative)
    favourite = favourites.create(by=relative, name="APE", groups=[ape])
    found = favourites.resolve(by=relative, favourite=favourite)
    assert (found.persons, found.groups) == ([], [ape])


def test_a_favourite_costs_the_same_with_one_recipient_and_with_two_hundred(
    world: SchoolWorld, teacher: User, django_assert_max_num_queries: Any
) -> None:
    favourite = favourites.create(by=teacher, name="Tous", groups=[class_group(world, "PUPIL")])
    manual = GroupFactory.create_batch(100, school=world.school)
    with django_assert_max_num_queries(6):
        assert len(favourites.resolve(by=teacher, favourite=favourite).persons) == 2
    favourites.add(by=teacher, favourite=favourite, groups=manual, persons=[world.director])
    for _ in range(100):
        pupil_in(world.classes[0].school_class)
    with django_assert_max_num_queries(6):
        found = favourites.resolve(by=teacher, favourite=favourite)
    assert (len(found.persons), len(found.groups)) == (103, 100)


def test_a_group_that_goes_is_told_before_it_is_gone_and_leaves_the_favourites(
    world: SchoolWorld, teacher: User
) -> None:
    chorale = GroupFactory(school=world.school)
    favourite = favourites.create(by=teacher, name="Chant", groups=[chorale])
    told: list[tuple[list[int], User, bool]] = []

    def listen(sender: Any, groups: list[int], by: User, **kwargs: Any) -> None:
        told.append((groups, by, Group.objects.filter(pk__in=groups).exists()))

    key = chorale.pk
    groups_deleted.connect(listen)
    try:
        groups.delete_group(by=world.director, group=chorale)
    finally:
        groups_deleted.disconnect(listen)
    assert told == [([key], world.director, True)]
    assert not favourite.entries.exists()


def test_a_group_taken_back_with_its_class_or_its_school_leaves_the_favourites(teacher: User) -> None:
    empty = SchoolClassFactory()
    open_groups()
    favourite = Favourite.objects.create(owner=teacher, name="Rentrée", created_at=NOW)
    for group in empty.school.group_set.all():
        FavouriteEntry.objects.create(favourite=favourite, group=group)
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table undone on commit drop as select 'class' as entity, %s as id", [empty.pk]
        )
        cursor.execute(
            "create temp table renamed (entity text, id bigint, before jsonb, after jsonb) on commit drop"
        )
        cursor.execute(
            "create temp table left_over on commit drop as select %s as school_id", [empty.school_id]
        )
    attach.take_back_classes(added="undone", changed="renamed")
    assert not favourite.entries.filter(group__kind=GroupKind.CLASS).exists()
    assert favourite.entries.exists()
    attach.forget_schools(relation="left_over")
    assert not favourite.entries.exists()
    assert not Group.objects.filter(school=empty.school_id).exists()
