"""The help centre: for whom each article is, by the words in it, by the season."""

from datetime import UTC, datetime

import pytest

from accounts.enums import Profile
from core import clock
from support.help.article import Season
from support.help.articles import ARTICLES, TROUBLE
from support.help.reader import Reader, readable
from support.help.search import about, body_of, by_topic, find, seasonal, words_of
from support.topics import topics
from tests.support.factories import signed_in
from tests.support.worlds import DeskWorld

EVERYBODY = [Reader(profile, administers) for profile in Profile for administers in (False, True)]
RELATIVE, DIRECTOR = Reader(Profile.RELATIVE, False), Reader(Profile.TEACHER, True)
HELP = "/assistance/aide/"


def test_each_article_is_about_something_known_and_somebody_reads_it() -> None:
    assert len({each.slug for each in ARTICLES}) == len(ARTICLES)
    known = {each.key for each in topics()}
    assert {each.topic for each in ARTICLES} - known == set()
    read = {each.slug for reader in EVERYBODY for each in readable(reader)}
    assert {each.slug for each in ARTICLES} == read


@pytest.mark.parametrize("article", ARTICLES, ids=lambda each: each.slug)
def test_an_article_says_something_with_spaces_as_french_wants_them(article) -> None:
    text = body_of(article.slug)
    assert len(words_of(article.slug)) > 25
    for said in (text, article.title, article.summary):
        assert not any(f" {mark}" in said for mark in ":;?!»"), article.slug
        assert "« " not in said
        assert "'" not in said.replace('="', "")


def test_relatives_read_nothing_of_the_console_and_pupils_their_own_words() -> None:
    assert not [each for each in readable(RELATIVE) if each.topic == "console" or each.administrators]
    assert [each for each in readable(DIRECTOR) if each.topic == "console"]
    mine = readable(Reader(Profile.PUPIL, False))
    assert {each.slug.split("-")[0] for each in mine} == {"eleve"}
    closed = readable(Reader(Profile.RELATIVE, False, frozenset({"blog"})))
    assert not [each for each in closed if each.topic == "blog"]


def test_articles_are_found_whatever_the_accents_the_case_and_the_plural() -> None:
    for typed in ("MOT DE PASSE OUBLIÉ", "mot de passe oublie", "mots de passes oublies"):
        assert find(RELATIVE, typed)[0] == TROUBLE, typed
    assert find(RELATIVE, "signe")
    assert find(RELATIVE, "comment signer")[0].topic == "notebooks"
    assert find(RELATIVE, "zygomatique") == []
    assert find(RELATIVE, "de la") == []
    assert "console-bloquer" in {each.slug for each in find(DIRECTOR, "bloquer")}


@pytest.mark.parametrize(
    ("month", "first"),
    [(5, Season.END), (7, Season.END), (8, Season.START), (10, Season.START), (12, Season.END)],
)
def test_the_guide_of_the_season_comes_first(month: int, first: Season) -> None:
    with clock.at(datetime(2026, month, 15, 12, tzinfo=UTC)):
        for reader in (RELATIVE, DIRECTOR):
            guides = seasonal(reader)
            assert guides[0].season == first
            assert {each.season for each in guides} == {Season.START, Season.END}


def test_shelves_hold_everything_but_guides_once() -> None:
    shelves = by_topic(DIRECTOR)
    held = [article for shelf in shelves for article in shelf.articles]
    assert len(held) == len(set(held))
    assert set(held) | set(seasonal(DIRECTOR)) == set(readable(DIRECTOR))
    assert about(DIRECTOR, "messaging")
    assert "messaging" not in {shelf.topic.key for shelf in by_topic(DIRECTOR, but="messaging")}


@pytest.mark.django_db
def test_pages_answer_each_profile(world: DeskWorld) -> None:
    relative, pupil = signed_in(world.relative), signed_in(world.pupil)
    assert "Peut-être" not in relative.get(HELP).content.decode()
    assert relative.get(f"{HELP}console-comptes/").status_code == 404
    assert signed_in(world.director).get(f"{HELP}console-comptes/").status_code == 200
    assert pupil.get(f"{HELP}eleve-messages/").status_code == 200
    assert pupil.get(f"{HELP}messages-ecrire/").status_code == 404
    assert "demande à ta maitresse" in pupil.get(HELP).content.decode()
    assert "La page d’où vous venez" in relative.get(f"{HELP}?sujet=messaging").content.decode()
    part = relative.get(f"{HELP}?q=telephone", headers={"HX-Request": "true"}).content.decode()
    assert "Installer Cartable" in part
    assert "<html" not in part
    found = relative.get("/recherche/?q=corbeille").content.decode()
    assert "/assistance/aide/documents-corbeille/" in found
