"""*Ce que deviennent mes contenus*: each application that keeps something says what becomes of it, and its delays are
those that the code applies."""

import ast
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from messaging import rules as messaging
from sharing.kinds import all_kinds
from sharing.services import withdraw
from support import rules as support
from tests.accounts.factories import PersonFactory
from tests.directory.worlds import school_world
from tests.house.rooms import ROOT
from ui import afterlife
from ui.afterlife import Fate, days

PAGE = reverse("ui:afterlife")
# Kinds that tests alone register.
OF_TESTS = frozenset({"notes", "boxes", "shelves"})


def _rooms_that_keep_files() -> set[str]:
    """Rooms that join documents to their things."""
    found = set()
    for path in ROOT.glob("*/**/*.py"):
        room = path.relative_to(ROOT).parts[0]
        if room.startswith(".") or room in ("tests", "demo", "bench"):
            continue
        names = (
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        )
        if "managed_files" in names:
            found.add(room)
    return found


def test_each_application_with_things_or_files_says_what_becomes_of_them() -> None:
    keep = ({kind.app for kind in all_kinds()} | _rooms_that_keep_files()) - OF_TESTS
    assert {"documents", "blog", "notebooks", "messaging"} <= keep
    silent = {key for key in keep if key not in afterlife.entries}
    assert not silent, f"{silent}: register an entry of ui.afterlife, in ready()"


@pytest.mark.parametrize("key", [entry.key for entry in afterlife.entries])
def test_an_entry_says_something_to_adults(key: str) -> None:
    entry = afterlife.entries.get(key)
    assert entry is not None
    lines = entry.lines()
    assert lines
    assert all(line.text.endswith(".") for line in lines)
    assert all(line.pupil.endswith((".", "")) for line in lines)


@pytest.mark.django_db
def test_delays_are_those_of_the_rules_and_settings(
    as_person: Callable[..., Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CARTABLE_GRACE_DAYS, settings.CARTABLE_PRE_DELETION_DAYS = 17, 43
    monkeypatch.setattr("sharing.afterlife.KEPT", timedelta(days=123))
    text = as_person(school_world().director).get(PAGE).text.replace("&nbsp;", " ").replace("\xa0", " ")
    assert "17 jours, puis 43 jours" in text
    assert "123 jours au moins" in text
    for delay in (messaging.RECALLED_WITHIN, messaging.REPORT_KEPT, support.KEPT):
        assert days(delay).replace("\xa0", " ") in text
    assert timedelta(days=90) == withdraw.KEPT


@pytest.mark.django_db
def test_what_ends_follows_the_setting_of_the_rollover(as_person: Callable[..., Any], settings: Any) -> None:
    client = as_person(school_world().director)
    assert "d’une classe ou de l’école" in client.get(PAGE).text
    settings.ROLLOVER_PURGED_GROUPS = "class"
    text = client.get(PAGE).text
    assert "d’une classe ou de l’école" not in text
    assert "qui ne sont pas d’une classe" in text


@pytest.mark.django_db
def test_a_pupil_reads_it_in_their_own_words(as_person: Callable[..., Any]) -> None:
    pupil: User = PersonFactory(pupil=True, activated=True)
    text = as_person(pupil).get(PAGE).text
    assert "Tes dossiers et tes fichiers" in text
    assert "vous" not in text.split("<main", 1)[1].split("<footer", 1)[0]
    assert "Assistance ENT" not in text.split("<main", 1)[1].split("<footer", 1)[0]


@pytest.mark.django_db
def test_feeds_are_told_to_who_administers_alone(as_person: Callable[..., Any]) -> None:
    world = school_world()
    assert "Alimentations" in as_person(world.director).get(PAGE).text.split("<main", 1)[1]
    told = as_person(world.classes[0].relatives[0]).get(PAGE).text.split("<main", 1)[1]
    assert "Alimentations" not in told


@pytest.mark.django_db
def test_the_api_says_what_the_page_says(as_person: Callable[..., Any]) -> None:
    told = as_person(school_world().classes[0].teacher).get("/api/v1/afterlife/").json()
    assert {"account", "sharing", "documents", "messaging", "blog", "notebooks"} <= {
        each["key"] for each in told
    }
    assert {line["fate"] for each in told for line in each["lines"]} == {fate.value for fate in Fate}
