"""SQL files: each parses, says what it does, writes its own room's tables and reads no higher room's."""

import re
from pathlib import Path

import pytest
from pglast import ast, parse_sql
from pglast.visitors import Visitor

from tests.house.rooms import ROOT, at_or_below, owners_of_tables

FILES = sorted(ROOT.glob("*/sql/*.sql"))


class Tables(Visitor):
    """Tables written and read, by name."""

    def __init__(self) -> None:
        super().__init__()
        self.written: set[str] = set()
        self.named: set[str] = set()

    def visit_InsertStmt(self, ancestors: object, node: ast.InsertStmt) -> None:
        self.written.add(node.relation.relname)

    visit_UpdateStmt = visit_DeleteStmt = visit_MergeStmt = visit_InsertStmt

    def visit_RangeVar(self, ancestors: object, node: ast.RangeVar) -> None:
        self.named.add(node.relname)


def _tables(path: Path) -> Tables:
    text = re.sub(r"\{([a-z_]+)\}", r"given_\1", path.read_text(encoding="utf-8"))
    text = re.sub(r"%\([a-z_]+\)s", "$1", text).replace("%%", "%")
    found = Tables()
    for statement in text.split("\n-- ;\n"):
        found(parse_sql(statement))
    if path.stem.startswith("function_"):
        # Its body is a text to the parser; it reads, and is marked so.
        assert " stable as $$" in text
        found.named |= set(re.findall(r"\b(?:from|join)\s+([a-z]+_[a-z_]+)\b", text.split("$$")[1]))
    return found


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_a_file_says_first_what_it_does_and_why(path: Path) -> None:
    head = re.match(r"(--[^\n]*\n)+", path.read_text(encoding="utf-8"))
    assert head is not None
    assert re.search(r"\breads\b", head[0])


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_a_file_writes_its_own_tables_and_reads_none_of_a_higher_room(path: Path) -> None:
    room, owners, tables = path.parts[-3], owners_of_tables(), _tables(path)
    foreign = {table for table in tables.written if owners.get(table, room) != room}
    assert foreign == set(), "each table is written by its own room only"
    known = at_or_below(room)
    higher = {table for table in tables.named if owners.get(table, room) not in known}
    assert higher == set(), "take the relation to read as a parameter"
