"""Functions of the database: a migration imports no code, so their text stands twice."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from core import sql
from tests.house.rooms import ROOT

FILES = sorted(ROOT.glob("*/sql/function_*.sql"))


def _texts(room: str) -> list[str]:
    """Every text of SQL that the migrations of a room hold, the last first."""
    found = []
    for path in sorted(Path(apps.get_app_config(room).path).glob("migrations/0*.py"), reverse=True):
        module = import_module(f"{room}.migrations.{path.stem}")
        found += [text for text in vars(module).values() if isinstance(text, str)]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_migration_makes_the_very_function_that_its_room_tells(path: Path) -> None:
    room = path.parts[-3]
    made = f"create function {room}_{path.stem.removeprefix('function_')}("
    last = next(
        text for text in _texts(room) if made in text or made.replace("create", "create or replace") in text
    )
    assert last.strip() == sql.load(room, path.stem).strip()
