"""The house reads itself: layout, sizes, furniture, arrows that imports do not show."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from accounts import fates
from accounts.models import User
from tests.house.rooms import ROOT, at_or_below, contract, rooms, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
DRAWERS = {"utils.py", "helpers.py", "misc.py", "common.py", "tools.py"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XXX)\b")


def _of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_room_is_in_the_contract_and_the_contract_names_no_other() -> None:
    assert sorted(contract()) == rooms()


def test_every_room_that_is_an_app_says_in_ten_lines_what_it_is() -> None:
    missing = [room for room in rooms() if room != "ent" and not (ROOT / room / "README.md").exists()]
    assert missing == []


def test_no_file_is_too_long() -> None:
    files = [*sources(), *(ROOT / "tests").rglob("*.py")]
    lengths = {_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in lengths.items() if count > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{_of(path)}:{node.name}"] = lines
    assert long == {}


def test_a_module_is_named_for_what_it_knows() -> None:
    assert [_of(path) for path in sources() if path.name in DRAWERS] == []


def test_nothing_is_left_for_later() -> None:
    assert [_of(path) for path in sources() if UNFINISHED.search(path.read_text(encoding="utf-8"))] == []


def test_no_error_passes_in_silence() -> None:
    silent = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body):
                silent.append(f"{_of(path)}:{node.lineno}")
    assert silent == []


def test_only_the_clock_says_what_time_it_is() -> None:
    asked = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(|datetime\.utcnow\(|localdate\(\)")
    askers = [
        _of(path)
        for path in sources()
        if path.name != "clock.py" and asked.search(path.read_text(encoding="utf-8"))
    ]
    assert askers == []


def test_every_advisory_lock_is_taken_in_one_module() -> None:
    files = [*sources(), *ROOT.glob("*/sql/*.sql")]
    takers = [_of(path) for path in files if "pg_advisory" in path.read_text(encoding="utf-8")]
    assert takers == ["core/locks.py"]


def test_keys_between_tables_go_down() -> None:
    upward = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in contract():
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or isinstance(target, str):
                continue
            other = target._meta.app_label
            if other in contract() and other not in at_or_below(room):
                upward.append(f"{model._meta.label}.{field.name}")
    assert upward == []


@pytest.mark.parametrize("room", ["core", "ui", "schools"])
def test_the_lowest_rooms_hold_no_key_to_a_person(room: str) -> None:
    keys = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and getattr(field, "related_model", None) is User
    ]
    assert keys == []


def test_every_key_to_a_person_has_a_stated_fate_at_erasure_and_at_a_merge() -> None:
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and getattr(field, "related_model", None) is User
    }
    assert sorted(keys - fates.covered()) == []
    assert sorted(fates.covered() - keys) == []
    assert sorted(keys - fates.merged()) == [], "say in the room's fates what becomes of it at a merge"
    assert sorted(fates.merged() - keys) == []


def test_migrations_import_nothing_of_the_code() -> None:
    wrong = []
    for path in ROOT.glob("*/migrations/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            # Field classes that a migration must name (core.fields) are the one exception.
            wrong += [
                f"{_of(path)}: {name}"
                for name in names
                if name.split(".")[0] in rooms() and name != "core.fields"
            ]
    assert wrong == []


def test_lock_files_carry_hashes_and_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+.*$", text, re.MULTILINE)
        assert pins, lock.name
        assert all(pin.endswith("\\") for pin in pins), lock.name
