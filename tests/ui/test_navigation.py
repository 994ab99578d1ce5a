"""Doors of the shell: shown when they work, lit when one stands behind them."""

import pytest

from tests.ui.people import Somebody
from ui import navigation
from ui.context import Shell
from ui.navigation import Entry
from ui.registry import AlreadyRegistered


def an_entry(key="annuaire", **given):
    return Entry(
        **{"key": key, "order": 1, "label": "Annuaire", "icon": "home", "url_name": "ui:menu", **given}
    )


def test_a_door_is_shown_only_where_its_predicate_says_so(asked, doors):
    doors(an_entry("open"), an_entry("shut", predicate=lambda request: False))
    assert [door.entry.key for door in navigation.doors(asked())] == ["open"]


def test_nobody_signed_in_sees_no_door(asked, doors):
    doors(an_entry())
    assert navigation.doors(asked(user=None)) == ()


def test_the_deepest_address_is_the_one_lit(asked, doors):
    doors(
        an_entry("all", url_name="ui:menu"),
        an_entry("deep", url_name="ui:legal", under=("/plus/loin/",)),
    )
    lit = {door.entry.key: door.current for door in navigation.doors(asked("/plus/loin/"))}
    assert lit == {"all": False, "deep": True}


def test_the_first_page_is_not_lit_by_every_other(asked, doors):
    doors(an_entry("root", under=("/",)))
    assert not navigation.doors(asked("/ailleurs/"))[0].current
    assert navigation.doors(asked("/"))[0].current


def test_doors_come_in_order_whoever_registered_first(asked, doors):
    doors(an_entry("later", order=5), an_entry("sooner", order=1))
    assert [door.entry.key for door in navigation.doors(asked())] == ["sooner", "later"]


def test_applications_stand_before_titled_sections(asked, six_doors):
    sections = navigation.sections(navigation.doors(asked()))
    assert [(section.title, len(section.doors)) for section in sections] == [("", 5), ("Administration", 1)]


def test_a_key_is_given_once():
    with navigation.entries.only(an_entry("one")), pytest.raises(AlreadyRegistered):
        navigation.register(an_entry("one"))


def test_the_bar_of_a_phone_holds_all_doors_where_they_fit(asked, doors):
    doors(an_entry("a"), an_entry("b"))
    shell = Shell(asked())
    assert shell.bar == {"a", "b"}
    assert not shell.more


def test_past_five_the_bar_holds_four_and_the_way_to_the_others(asked, six_doors):
    shell = Shell(asked("/styles/"))
    assert shell.bar == {"menu", "access", "legal", "data"}
    assert shell.more
    assert shell.in_more


def test_the_navigation_is_one_list_with_the_current_page_said(asked, six_doors, drawn):
    page = drawn('{% include "ui/nav.html" %}', asked("/accessibilite/"))
    assert page.count("<nav") == 1
    assert page.count('aria-current="page"') == 1
    assert '<a href="/accessibilite/" aria-current="page">' in page
    assert '<span class="visually-hidden">non lus\u00a0: </span>3' in page


def test_signing_out_is_a_form_and_speaks_to_a_pupil_as_a_pupil(asked, six_doors, drawn):
    page = drawn(
        '{% include "ui/account_menu.html" %}', asked(user=Somebody("Lina Belkacem", "PUPIL", "Élève"))
    )
    assert '<form method="post"' in page
    assert "Je m’en vais" in page
    assert "csrfmiddlewaretoken" in page
    assert "Se déconnecter" in drawn('{% include "ui/account_menu.html" %}', asked())
