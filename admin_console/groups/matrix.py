"""The rules of communication as a page shows them: a row who, a column to whom, and what a form brings."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from directory.communication import CELLS, WHO, Cell, Key
from directory.communication_words import COLUMNS, KEPT, ROWS, extent_word, sentence
from directory.enums import Extent, Party
from ui.french import unbroken


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    word: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell: `word` is its state, `options` what it may be; none where it is fixed, and `why` says why."""

    name: str
    column: str
    label: str
    word: str
    options: list[Option]
    changed: bool
    default_word: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    party: Party
    title: str
    kept: str
    cells: list[ShownCell]


def rows(matrix: Mapping[Key, Extent], chosen: Mapping[Key, Extent]) -> list[Row]:
    """`matrix` as it stands, `chosen` as the form says."""
    return [
        Row(
            who,
            ROWS[who],
            unbroken(KEPT[who]),
            [_cell(CELLS[who, whom], chosen.get((who, whom), matrix[who, whom])) for whom in COLUMNS],
        )
        for who in WHO
    ]


def columns() -> list[str]:
    return [words.capitalize() for words in COLUMNS.values()]


def read(posted: QueryDict) -> dict[Key, Extent]:
    """The cells that a form brings; what it cannot hold is left out, and the service judges the rest."""
    found = {}
    for key in CELLS:
        value = posted.get(_name(key), "")
        if value in Extent.values:
            found[key] = Extent(value)
    return found


def bounds() -> list[str]:
    """What no school opens and what none closes, each reason once."""
    return list(dict.fromkeys(unbroken(cell.why) for cell in CELLS.values() if cell.why))


def _cell(cell: Cell, extent: Extent) -> ShownCell:
    return ShownCell(
        name=_name(cell.key),
        column=COLUMNS[cell.whom].capitalize(),
        label=unbroken(f"{ROWS[cell.who]} → {COLUMNS[cell.whom]}"),
        word=extent_word(cell.key, extent),
        options=[]
        if cell.fixed
        else [Option(each.value, extent_word(cell.key, each), each == extent) for each in cell.choices],
        changed=extent != cell.default,
        default_word=extent_word(cell.key, cell.default),
        why=unbroken(cell.why),
    )


def _name(key: Key) -> str:
    return f"{key[0].value}-{key[1].value}"


def changed_sentences(matrix: Mapping[Key, Extent]) -> list[str]:
    """What this school does otherwise, in words."""
    return [unbroken(sentence(key, extent)) for key, extent in matrix.items() if extent != CELLS[key].default]
