"""A director who attaches a colleague of elsewhere by hand, to take their account through it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.errors import BelongsElsewhere, OutOfReach
from directory.letters import LettersAsked
from directory.querysets import people_administered_by
from directory.services import blocks, codes, detach
from directory.services.attach_person import attach_person
from directory.services.create_person import edit_person
from directory.services.letters import letters_of
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> SchoolWorld:
    return school_world(in_district=True)


@pytest.fixture
def there(here: SchoolWorld) -> SchoolWorld:
    return school_world(academy=here.school.academy, district=here.school.district)


@pytest.fixture
def lent(here: SchoolWorld, there: SchoolWorld) -> User:
    """A teacher of another school of the district, whom a director attached to theirs."""
    person = there.classes[0].teacher
    attach_person(by=here.director, person=person, school=here.school)
    assert person in people_administered_by(here.director)
    return person


def test_to_attach_a_colleague_opens_no_account_of_theirs(here: SchoolWorld, lent: User) -> None:
    former = User.objects.get(pk=lent.pk)
    with pytest.raises(BelongsElsewhere):
        codes.renew_codes(by=here.director, people=[lent])
    User.objects.filter(pk=lent.pk).update(code_open=True)
    with pytest.raises(BelongsElsewhere):
        codes.codes_to_print(by=here.director, people=[here.classes[0].teacher, lent])
    assert lent not in codes.people_looked_after_by(here.director)
    assert User.objects.get(pk=lent.pk).password == former.password


def test_nor_does_a_letter_print_their_first_code(here: SchoolWorld, lent: User) -> None:
    User.objects.filter(pk=lent.pk).update(activated_at=None, password="", code_open=True)
    chosen = letters_of(by=here.director, school=here.school, asked=LettersAsked())
    assert lent in chosen.kept_back
    assert lent not in [letter.person for letter in chosen.letters]


def test_their_mail_is_not_changed_from_there(here: SchoolWorld, there: SchoolWorld) -> None:
    person = PersonFactory(staff=True, activated=True)
    AttachmentFactory(person=person, school=there.school, by_hand=True)
    attach_person(by=here.director, person=person, school=here.school)
    with pytest.raises(BelongsElsewhere):
        edit_person(by=here.director, person=person, email="moi@exemple.fr")
    assert edit_person(by=there.director, person=person, email="vous@exemple.fr").email == "vous@exemple.fr"


def test_nor_are_they_kept_out_of_their_own_school(here: SchoolWorld, there: SchoolWorld, lent: User) -> None:
    with pytest.raises(BelongsElsewhere):
        blocks.block_person(by=here.director, person=lent)
    detach.detach(by=here.director, person=lent, school=here.school)
    assert blocks.block_person(by=there.director, person=lent).pk


def test_pages_and_api_refuse_alike(here: SchoolWorld, lent: User, as_person: Callable[[User], Any]) -> None:
    browser = as_person(here.director)
    asked = browser.post(
        reverse("administered-person-code", args=[lent.uuid]),
        {"renew": True},
        content_type="application/json",
    )
    assert (asked.status_code, asked.json()["type"]) == (409, "urn:cartable:belongs-elsewhere")
    page = browser.post(reverse("console:user_code", args=[lent.uuid]), {"nouveau": "1"})
    assert page.status_code == 409
    assert "une école que vous n’administrez pas" in page.text


def test_whoever_is_also_of_the_school_is_helped_by_either(here: SchoolWorld, there: SchoolWorld) -> None:
    """A feed names both schools, or their own came first: the account is of both."""
    shared = there.classes[0].teacher
    AttachmentFactory(person=shared, school=here.school)
    ours = here.classes[0].teacher
    attach_person(by=there.director, person=ours, school=there.school)
    assert codes.renew_codes(by=here.director, people=[shared, ours]) == 2
    with pytest.raises(BelongsElsewhere):
        codes.renew_codes(by=there.director, people=[ours])


def test_they_stay_lent_when_a_feed_moves_them(here: SchoolWorld, lent: User) -> None:
    lent.attachment_set.exclude(school=here.school).update(ended_on="2026-10-15")
    AttachmentFactory(person=lent, school=school_world(academy=here.school.academy).school)
    with pytest.raises(BelongsElsewhere):
        codes.renew_codes(by=here.director, people=[lent])


def test_whoever_administers_both_schools_sees_no_loan(here: SchoolWorld, lent: User) -> None:
    above = PersonFactory(staff=True, activated=True)
    AdministratorFactory(person=above, of_district=True, district=here.school.district)
    assert codes.renew_codes(by=above, people=[lent]) == 1


def test_a_stranger_is_still_nobody(here: SchoolWorld, there: SchoolWorld) -> None:
    with pytest.raises(OutOfReach):
        codes.renew_codes(by=here.director, people=[there.classes[0].teacher])
