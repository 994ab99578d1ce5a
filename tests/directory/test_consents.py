"""Pictures of pupils: the strictest word wins."""

import pytest

from directory.consents import photo_allowed, pupils_in_pictures
from directory.enums import ConsentBy
from directory.errors import NoTie, NotYours
from directory.models import Guardianship
from directory.services.consents import say_as_relative, say_for_school
from tests.accounts.factories import PersonFactory
from tests.directory.factories import PhotoConsentFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, relative_of, school_world


@pytest.mark.parametrize(
    ("words", "allowed"), [([], False), ([True], True), ([True, True], True), ([True, False], False)]
)
def test_somebody_says_yes_and_nobody_no(words: list[bool], allowed: bool) -> None:
    assert photo_allowed(words) is allowed


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world()


def test_each_word_can_only_forbid_more(world: SchoolWorld) -> None:
    pupil, mother = world.classes[0].pupils[0], world.classes[0].relatives[0]
    father = relative_of(pupil)
    assert pupils_in_pictures([pupil]) == set()
    PhotoConsentFactory(pupil=pupil, said_by=ConsentBy.ONDE)
    assert pupils_in_pictures([pupil]) == {pupil.pk}
    say_as_relative(by=mother, pupil=pupil, allowed=True)
    say_as_relative(by=father, pupil=pupil, allowed=False)
    assert pupils_in_pictures([pupil]) == set()
    say_as_relative(by=father, pupil=pupil, allowed=True)
    assert pupils_in_pictures([pupil]) == {pupil.pk}
    say_for_school(by=world.director, pupil=pupil, allowed=False)
    assert pupils_in_pictures([pupil]) == set()


def test_the_word_of_who_is_no_longer_responsible_counts_no_more(world: SchoolWorld) -> None:
    pupil, mother = world.classes[0].pupils[0], world.classes[0].relatives[0]
    PhotoConsentFactory(pupil=pupil, said_by=ConsentBy.ONDE)
    say_as_relative(by=mother, pupil=pupil, allowed=False)
    Guardianship.objects.filter(relative=mother).update(ended_on="2026-10-01")
    assert pupils_in_pictures([pupil]) == {pupil.pk}


def test_only_a_legal_relative_and_the_school_have_a_word(world: SchoolWorld) -> None:
    pupil, mother = world.classes[0].pupils[0], world.classes[0].relatives[0]
    stranger = PersonFactory(relative=True)
    neighbour = relative_of(pupil)
    Guardianship.objects.filter(relative=neighbour).update(legal=False)
    limited = relative_of(pupil)
    TieRestrictionFactory(relative=limited, pupil=pupil)
    for person in (stranger, neighbour, limited, world.classes[0].teacher):
        with pytest.raises(NoTie):
            say_as_relative(by=person, pupil=pupil, allowed=True)
    for person in (mother, school_world().director):
        with pytest.raises(NotYours):
            say_for_school(by=person, pupil=pupil, allowed=True)
