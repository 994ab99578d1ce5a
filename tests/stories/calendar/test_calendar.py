"""The calendar of the guide, day by day, with real files and a clock that is moved: « calendrier.md » is the test.

The year is lived once, and undone; each row of the table is then compared with what was seen.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.stories.calendar import table
from tests.stories.calendar.cast import PARTS
from tests.stories.calendar.days import live
from tests.stories.calendar.eyes import COMES_IN, LEAVING, SHUT, SIGN_IN, Look
from tests.stories.calendar.june import MEMO, Thing
from tests.stories.calendar.table import LASTING, CannotCheck, Section
from tests.stories.calendar.world import Story, Year

pytestmark = pytest.mark.django_db
TABLE = table.read()
ROWS = [pytest.param(section, day, id=f"{PARTS[section.key].name}, {day:%d/%m}") for section in TABLE.sections for day in section.cells]  # fmt: skip
BY_NAME = ("nom", "favori", "groupe")


class _Undo(Exception):
    """The year is lived in one transaction, and leaves nothing."""


@pytest.fixture(scope="module")
def year(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Year]:
    """The whole year, lived."""
    folder: Path = tmp_path_factory.mktemp("calendar")
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "files"},
    }
    story = Story(folder, {section.key: section.looked_for for section in TABLE.sections})
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=settings.STORAGES | {"default": kept}),
        suppress(_Undo),
        transaction.atomic(),
    ):
        live(story)
        raise _Undo
    return story.year


@pytest.mark.parametrize(("section", "day"), ROWS)
def test_each_sees_on_each_day_what_the_table_says(year: Year, section: Section, day: date) -> None:
    claimed, look = section.claims()[day], year.looks[section.key][day]
    seen = {SIGN_IN: look.sign_in, **look.words}
    assert {name: _told(seen[name]) for name in claimed} == {name: _told(claimed[name]) for name in claimed}


def test_everybody_has_a_row_for_each_day_and_nobody_a_day_that_is_not_told(year: Year) -> None:
    days = list(TABLE.days)
    assert days == sorted(days)
    assert {section.key: list(section.cells) for section in TABLE.sections} == {
        section.key: days for section in TABLE.sections
    }
    assert {key: list(looks) for key, looks in year.looks.items()} == {
        section.key: days for section in TABLE.sections
    }


def test_what_a_list_shows_opens_and_what_has_left_it_is_not_there(year: Year) -> None:
    assert year.contradictions == []


def _held(year: Year, key: str, what: str) -> dict[date, bool | None]:
    """Day by day, whether something that must not change was so; None where it could not be asked."""
    looks, login = year.looks[key], year.logins[key]
    if what in {"identifiant", "mot de passe"}:
        return {
            day: look.sign_in in {COMES_IN, LEAVING} and look.login == login for day, look in looks.items()
        }
    first = next(look for look in looks.values() if look.sign_in == COMES_IN)
    kept = _own if what == "productions" else _by_name
    wanted = [thing for thing in first.things if kept(thing, login)]
    return {day: _all_seen(look, wanted) for day, look in looks.items()}


def _own(thing: Thing, login: str) -> bool:
    return thing.owner == login


def _by_name(thing: Thing, login: str) -> bool:
    """By name, by a favourite or through a manual group; a cahier mémo was kept by name."""
    named = thing.application == MEMO or thing.word.split()[-1] in BY_NAME
    return named and thing.owner != login


def _all_seen(look: Look, wanted: list[Thing]) -> bool | None:
    if look.sign_in == LEAVING:
        return None
    return bool(wanted) and all(thing in look.things for thing in wanted)


@pytest.mark.parametrize("key", TABLE.lasting)
def test_what_does_not_change_does_not(year: Year, key: str) -> None:
    said = {what: (cell, _held(year, key, what)) for what, cell in TABLE.lasting[key].items()}
    assert {what: held for what, (cell, held) in said.items() if not table.lasts(cell, held)} == {}


def test_the_second_table_names_everybody_of_the_first(year: Year) -> None:
    assert list(TABLE.lasting) == [section.key for section in TABLE.sections], LASTING


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "peut-être",
        "voit aussi CE1",
        "ne voit plus CM2",
        "retrouve tout",
        "idem",
        "ne voit rien ; retrouve tout",
    ],
)
def test_a_cell_that_nobody_can_check_is_refused(cell: str) -> None:
    row = dict.fromkeys(TABLE.sections[0].cells[min(TABLE.days)], "–") | {SIGN_IN: COMES_IN}
    first = row | {"blog": "voit CE1"} if "aussi" in cell or "plus" in cell else row | {"blog": "–"}
    days = {date(2026, 6, 26): first, date(2026, 7, 20): row | {"blog": cell}}
    if cell == "idem":
        days = {date(2026, 6, 26): row | {"blog": cell}}
    with pytest.raises(CannotCheck):
        Section("P1", cells=days).claims()


def _told(seen: Any) -> Any:
    return SHUT if seen is SHUT else seen if isinstance(seen, str) else sorted(seen)
