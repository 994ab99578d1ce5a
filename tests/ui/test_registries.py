"""Panels, search, acts on a card, the shell's school: rooms bring theirs, pages compose."""

import pytest

from tests.ui.people import Somebody
from ui import cards, panels, place, search, tiles
from ui.cards import CardAct
from ui.panels import Panel
from ui.search import Hit, Provider
from ui.tiles import New, Tile


def a_panel(key, order=1, told=None, wanted=True, **given):
    return Panel(
        key=key,
        order=order,
        template="x.html",
        predicate=lambda request: wanted,
        context=lambda request: told,
        **given,
    )


def test_a_panel_with_nothing_to_tell_is_not_there(asked):
    with panels.panels.only(
        a_panel("empty"), a_panel("full", told={"n": 3}), a_panel("no", told={}, wanted=False)
    ):
        assert [(shown.panel.key, shown.context) for shown in panels.shown(asked())] == [("full", {"n": 3})]


def test_a_search_keeps_who_found_something_in_order(asked):
    def found(request, words, limit):
        return [Hit(url="#", title=words)][:limit]

    with search.providers.only(
        Provider(key="b", order=2, label="Groupes", search=found),
        Provider(
            key="a", order=1, label="Personnes", search=found, all_url=lambda request, words: f"/?q={words}"
        ),
        Provider(key="c", order=3, label="Rien", search=lambda request, words, limit: []),
        Provider(key="d", order=4, label="Pas pour vous", search=found, predicate=lambda request: False),
    ):
        answers = search.run(asked(), "  lina ")
    assert [(answer.provider.label, answer.all_url) for answer in answers] == [
        ("Personnes", "/?q=lina"),
        ("Groupes", ""),
    ]


def test_searching_for_nothing_asks_nobody(asked):
    def never(request, words, limit):
        raise AssertionError("asked")

    with search.providers.only(Provider(key="a", order=1, label="Personnes", search=never)):
        assert search.run(asked(), "   ") == ()


def test_a_card_shows_the_acts_that_lead_somewhere(asked):
    with cards.card_acts.only(
        CardAct(
            key="console", order=1, label="Voir dans la console", icon="settings", url=lambda r, p: "/c/"
        ),
        CardAct(key="hidden", order=2, label="Écrire", icon="mail", url=lambda r, p: None),
    ):
        assert [(act.key, url) for act, url in cards.acts_on(asked(), Somebody())] == [("console", "/c/")]


def test_the_school_of_the_shell_has_one_provider(asked, monkeypatch):
    monkeypatch.setattr(place, "_finders", [])
    assert place.current(asked()) is None
    place.provide(lambda request: place.Place("École Rosa-Parks"))
    assert place.current(asked()) == place.Place("École Rosa-Parks")
    with pytest.raises(ValueError, match="one provider"):
        place.provide(lambda request: None)


def test_a_pupil_sees_the_tiles_that_open_with_what_waits_behind(asked):
    def a_tile(key, url, new=None):
        return Tile(key=key, order=1, label=key, drawing="fox", cover="green", url=lambda r: url, new=new)

    with tiles.tiles.only(
        a_tile("a", "/a/"), a_tile("b", None), a_tile("c", "/c/", lambda r: New(2, "2 devoirs"))
    ):
        shown = tiles.shown(asked())
    assert [(each.url, each.new) for each in shown] == [("/a/", None), ("/c/", New(2, "2 devoirs"))]
