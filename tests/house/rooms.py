"""The rooms as the import contract lists them, and what lies in them."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent


def layers() -> list[list[str]]:
    """Rooms from top to bottom, as `pyproject.toml` states; those of one layer do not know each other."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    stated = told["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[room.strip() for room in layer.split("|")] for layer in stated]


def contract() -> list[str]:
    """Every room of the contract, from top to bottom."""
    return [room for layer in layers() for room in layer]


def rooms() -> list[str]:
    """Folders at the root that hold code of the product."""
    return sorted(
        path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in {"tests", "bench"}
    )


def at_or_below(room: str) -> set[str]:
    stated = layers()
    [height] = [n for n, layer in enumerate(stated) if room in layer]
    return {room, *(below for layer in stated[height + 1 :] for below in layer)}


def sources() -> list[Path]:
    """Python files of the product, migrations aside."""
    found = [path for room in rooms() for path in (ROOT / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(path for room in rooms() for path in (ROOT / room).glob("templates/**/*.html"))


def owners_of_tables() -> dict[str, str]:
    """Which room each table belongs to."""
    return {
        model._meta.db_table: model._meta.app_label for model in apps.get_models(include_auto_created=True)
    }
