"""Addresses of public blogs: proposed, kept for ever, given to one alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from blog.models import PublicAddress
from blog.public_errors import AddressTaken, AddressUnusable, WrongEnd
from blog.public_rules import ADDRESS_LENGTH, address_of, usable
from blog.services import public
from blog.services.public import Choice, free_address
from core import clock
from core.models import AuditEntry
from tests.blog.public import TITLE, opened
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("La rentrée, mode d’emploi", "la-rentree-mode-d-emploi"),
        ("  Œuvres & Ça !  ", "oeuvres-ca"),
        ("https://ent.fr/blog/pub/Rentree-2026/", "rentree-2026"),
        ("../../admin", "admin"),
        ("a%2Fb", "a-2fb"),
        ("РЕНТРЕ", ""),
        ("é" * 200, "e" * ADDRESS_LENGTH),
    ],
)
def test_an_address_is_letters_digits_and_dashes(typed: str, made: str) -> None:
    assert address_of(typed) == made
    assert address_of(made) == made
    assert usable(made) == (len(made) >= 3)


@pytest.mark.django_db
def test_the_address_proposed_is_of_the_title_then_of_the_town_then_numbered(world: SchoolWorld) -> None:
    school = world.school
    school.city = "Villeaubin"
    assert free_address(TITLE, school) == "la-rentree-mode-d-emploi"
    opened(world)
    assert free_address(TITLE, school) == "la-rentree-mode-d-emploi-villeaubin"
    school.city = ""
    assert free_address("Ж", school) == address_of(school.name)


@pytest.mark.django_db
def test_an_address_taken_is_refused_with_another_and_ones_own_former_one_is_taken_back(
    world: SchoolWorld,
) -> None:
    me, first, second = world.director, opened(world), opened(world, title="Deuxième")
    with pytest.raises(AddressTaken) as refused:
        public.change(by=me, blog=second.blog, choice=Choice(address=first.address_id))
    assert usable(refused.value.fields["proposed"])
    public.change(by=me, blog=first.blog, choice=Choice(address="nouvelle"))
    with pytest.raises(AddressTaken):
        public.change(by=me, blog=second.blog, choice=Choice(address="la-rentree-mode-d-emploi"))
    public.make_private(by=me, blog=first.blog)
    with pytest.raises(AddressTaken):
        public.change(by=me, blog=second.blog, choice=Choice(address="nouvelle"))
    back = public.make_public(by=me, blog=first.blog, choice=Choice(address="La rentrée mode d’emploi"))
    assert back.address_id == "la-rentree-mode-d-emploi"
    with pytest.raises(AddressUnusable):
        public.change(by=me, blog=first.blog, choice=Choice(address="é!"))


@pytest.mark.django_db
def test_every_act_is_in_the_log_and_each_administrator_may_do_it(world: SchoolWorld) -> None:
    other = teacher_at(world.school)
    AdministratorFactory(person=other, school=world.school)
    blog = opened(world).blog
    public.change(by=other, blog=blog, choice=Choice(indexed=True))
    public.put_offline(by=other, blog=blog)
    public.put_offline(by=other, blog=blog)
    public.put_online(by=world.director, blog=blog)
    public.make_private(by=other, blog=blog)
    told = AuditEntry.objects.filter(subject=blog.resource.uuid, verb__startswith="blog.").order_by("pk")
    assert list(told.values_list("verb", "actor", "school")) == [
        ("blog.opened", world.director.uuid, None),
        ("blog.made_public", world.director.uuid, world.school.uuid),
        ("blog.public_changed", other.uuid, world.school.uuid),
        ("blog.put_offline", other.uuid, world.school.uuid),
        ("blog.put_online", world.director.uuid, world.school.uuid),
        ("blog.made_private", other.uuid, world.school.uuid),
    ]


@pytest.mark.django_db
def test_the_last_day_is_to_come_and_past_it_the_blog_does_not_come_back(world: SchoolWorld) -> None:
    me, blog = world.director, opened(world).blog
    with pytest.raises(WrongEnd):
        public.change(by=me, blog=blog, choice=Choice(ends_on=clock.today() - timedelta(days=1)))
    public.change(by=me, blog=blog, choice=Choice(ends_on=clock.today()))
    with clock.at(clock.now() + timedelta(days=2)):
        with pytest.raises(WrongEnd):
            public.put_online(by=me, blog=blog)
        # Its other settings are kept meanwhile.
        last = public.public_of(blog)
        assert last is not None
        assert public.change(by=me, blog=blog, choice=Choice(ends_on=last.ends_on, drawing="sun"))
        public.change(by=me, blog=blog, choice=Choice(ends_on=None))
        assert public.put_online(by=me, blog=blog).closed_at is None


@pytest.mark.django_db(transaction=True)
def test_two_schools_that_want_one_address_at_once_get_one_each() -> None:
    worlds = [school_world(), school_world()]

    def want(world: SchoolWorld) -> str:
        try:
            return opened(world, address="rentree-2026").address_id
        except AddressTaken:
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(want, worlds)) == ["rentree-2026", "taken"]
    assert PublicAddress.objects.count() == 1
