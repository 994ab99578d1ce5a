"""Finding by name: what is forgiven, and what is not."""

import pytest

from accounts.models import User
from directory.search import find_people, prefix_distance
from tests.accounts.factories import PersonFactory

NAMES = [
    ("Zoé", "Béranger"),
    ("Maël", "Le Goff"),
    ("Anne-Lise", "D’Artigny"),
    ("Inès", "Œsterlé"),
    ("Jean", "Dupont"),
    ("Jeanne", "Duponchel"),
    ("Duarte", "Jeanson"),
]


@pytest.fixture
def people(db: None) -> None:
    for first_name, last_name in NAMES:
        PersonFactory(teacher=True, first_name=first_name, last_name=last_name)


def names_found(typed: str) -> list[str]:
    return [person.full_name for person in find_people(User.objects.all(), typed).people]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("beranger", "Zoé Béranger"),
        ("BÉRANGER", "Zoé Béranger"),
        ("ber", "Zoé Béranger"),
        ("zoé béranger", "Zoé Béranger"),
        ("Béranger Zoé", "Zoé Béranger"),
        ("  be\u0301ranger ", "Zoé Béranger"),
        ("legoff", "Maël Le Goff"),
        ("le goff", "Maël Le Goff"),
        ("dartigny", "Anne-Lise D’Artigny"),
        ("d'artigny", "Anne-Lise D’Artigny"),
        ("annelise", "Anne-Lise D’Artigny"),
        ("oesterle", "Inès Œsterlé"),
        ("œsterlé", "Inès Œsterlé"),
    ],
)
@pytest.mark.usefixtures("people")
def test_accents_case_order_and_joined_words_are_forgiven(typed: str, name: str) -> None:
    assert names_found(typed) == [name]
    assert not find_people(User.objects.all(), typed).approximate


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("beragner", "Zoé Béranger"),
        ("bérenger", "Zoé Béranger"),
        ("berengé", "Zoé Béranger"),
        ("zoe berranger", "Zoé Béranger"),
        ("artigni", "Anne-Lise D’Artigny"),
        ("mael goof", "Maël Le Goff"),
        ("osterle", "Inès Œsterlé"),
    ],
)
@pytest.mark.usefixtures("people")
def test_a_typo_still_finds_and_says_that_it_guesses(typed: str, name: str) -> None:
    assert names_found(typed) == [name]
    assert find_people(User.objects.all(), typed).approximate


@pytest.mark.usefixtures("people")
def test_the_right_spelling_comes_alone_even_when_others_are_close() -> None:
    assert names_found("dupont") == ["Jean Dupont"]


@pytest.mark.usefixtures("people")
def test_a_last_name_comes_before_a_first_name() -> None:
    assert names_found("jean")[0] == "Duarte Jeanson"
    assert set(names_found("jean")) == {"Duarte Jeanson", "Jean Dupont", "Jeanne Duponchel"}


@pytest.mark.parametrize("typed", ["", "   ", "!!", "%", "_"])
@pytest.mark.usefixtures("people")
def test_nothing_typed_finds_nobody(typed: str) -> None:
    assert names_found(typed) == []


@pytest.mark.parametrize("typed", ["xqzw", "beranger martin", "béranger xqzw"])
@pytest.mark.usefixtures("people")
def test_a_name_that_nobody_bears_finds_nobody(typed: str) -> None:
    assert names_found(typed) == []


@pytest.mark.usefixtures("people")
def test_a_typo_does_not_reach_beyond_what_is_given() -> None:
    reach = User.objects.exclude(last_name="Béranger")
    assert list(find_people(reach, "beragner").people) == []


@pytest.mark.usefixtures("people")
def test_an_endless_text_is_cut_and_costs_nothing() -> None:
    assert names_found("b" * 100_000) == []


@pytest.mark.parametrize(
    ("typed", "word", "distance"),
    [
        ("ber", "beranger", 0),
        ("brea", "beranger", 1),
        ("beragner", "beranger", 1),
        ("zoe", "zoe", 0),
        ("", "x", 0),
    ],
)
def test_distance_to_the_beginning_of_a_word(typed: str, word: str, distance: int) -> None:
    assert prefix_distance(typed, word) == distance
