"""« calendrier.md », the table that a director reads: what each cell claims, in the words of what is seen.

A section a person, a row a day, a column an application. A cell is made of parts, with « ; » between:
« voit A, B » (all of it), « ne voit rien », « voit aussi C », « ne voit plus A », « retrouve tout » (as before a
closed day), « idem », « – » (nothing opens). « CE1 (classe, nom) » stands for « CE1 classe » and « CE1 nom ».
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.stories.calendar.cast import PARTS
from tests.stories.calendar.eyes import (
    APPLICATIONS,
    COMES_IN,
    LEAVING,
    NO_ACCOUNT,
    REFUSED,
    SHUT,
    SIGN_IN,
    Words,
)
from ui.french import MONTHS

PATH = Path(__file__).with_name("calendrier.md")
YEAR = 2026
VERBS = "voit|trouve|est en|enseigne en"
ALL = re.compile(rf"(?:{VERBS}) (?P<things>.+)")
NOTHING = re.compile(r"ne voit rien|ne trouve personne|n’a pas de classe")
MORE = re.compile(r"(?:voit|trouve|est|enseigne) aussi (?:en )?(?P<things>.+)")
LESS = re.compile(r"(?:ne voit plus|ne trouve plus|n’est plus en) (?P<things>.+)")
SAME, BACK, CLOSED, SAME_DAY = "idem", "retrouve tout", "–", "rien ne change"
BRACKETS = re.compile(r"([^,(]+?) \(([^)]+)\)")
LASTING = "Ce qui ne change pas"
ALWAYS, NONE = "toujours", "n’en a pas"


class CannotCheck(Exception):
    """A cell that says nothing that could be looked at."""


@dataclass
class Section:
    """What the table says of somebody: `cells` by day, a text for each application."""

    key: str
    looked_for: tuple[str, ...] = ()
    cells: dict[date, dict[str, str]] = field(default_factory=dict)

    def claims(self) -> dict[date, dict[str, str | Words | None]]:
        """What should be seen, day by day. Raises CannotCheck."""
        told: dict[date, dict[str, str | Words | None]] = {}
        last: dict[str, Words | None] = dict.fromkeys(APPLICATIONS)
        open_: dict[str, Words] = {}
        comes_in = ""
        for day, cells in self.cells.items():
            comes_in = _sign_in(cells[SIGN_IN], comes_in)
            told[day] = {SIGN_IN: comes_in}
            for name in APPLICATIONS[1:]:
                try:
                    claimed = _claimed(
                        cells[name], last[name], open_.get(name), first=not told.keys() - {day}
                    )
                except CannotCheck as unclear:
                    raise CannotCheck(f"{self.key}, {day}, {name} : {unclear}") from unclear
                told[day][name] = last[name] = claimed
                if claimed is not None:
                    open_[name] = claimed
        return told


@dataclass
class Table:
    days: dict[date, str]
    sections: list[Section]
    lasting: dict[str, dict[str, str]]


def read(path: Path = PATH) -> Table:
    """The whole of it. Raises CannotCheck where it is no table of this kind."""
    keys = {part.name: part.key for part in PARTS.values()}
    days: dict[date, str] = {}
    sections: list[Section] = []
    lasting: dict[str, dict[str, str]] = {}
    title, head = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            title, head = line[3:].split(",")[0].strip(), []
            if title in keys:
                sections.append(Section(keys[title]))
        elif line.startswith("Cherche dans l’annuaire") and sections:
            names = line.split(":")[1].strip(" .").split(", ")
            sections[-1].looked_for = tuple(keys[name] for name in names)
        elif line.startswith("|") and not line.startswith("|--"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not head:
                head = [cell.lower() for cell in cells]
            elif title == "Les jours":
                days[day_of(cells[0])] = cells[1]
            elif title == LASTING:
                lasting[keys[cells[0]]] = dict(zip(head[1:], cells[1:], strict=True))
            elif title in keys:
                sections[-1].cells[day_of(cells[0])] = _row(head, cells)
    return Table(days, sections, lasting)


def day_of(text: str) -> date:
    number, month = text.replace("1er", "1").split()[:2]
    return date(YEAR, MONTHS.index(month) + 1, int(number))


def _row(head: list[str], cells: list[str]) -> dict[str, str]:
    """A day on which nothing changes says it once."""
    if cells[1] == SAME_DAY:
        if any(cells[2:]):
            raise CannotCheck(f"« {cells} » : rien ne change, ou bien quelque chose.")
        return dict.fromkeys(APPLICATIONS, SAME)
    if tuple(head[1:]) != APPLICATIONS or len(cells) != len(head):
        raise CannotCheck(f"Il faut une case par application : {cells}")
    return dict(zip(head[1:], cells[1:], strict=True))


def _sign_in(cell: str, before: str) -> str:
    if cell == SAME and before:
        return before
    if cell not in {COMES_IN, LEAVING, NO_ACCOUNT, REFUSED}:
        raise CannotCheck(f"connexion : « {cell} »")
    return cell


def _claimed(cell: str, before: Words | None, open_: Words | None, *, first: bool) -> Words | None:
    if cell == CLOSED:
        return SHUT
    if cell == SAME:
        if first:
            raise CannotCheck("le premier jour ne peut dire « idem »")
        return before
    now, whole = before, False
    for part in cell.split(" ; "):
        all_of_it = ALL.fullmatch(part)
        if all_of_it and not any(kind.fullmatch(part) for kind in (NOTHING, MORE, LESS)):
            now = things_in(all_of_it["things"]) | ((now or frozenset()) if whole else frozenset())
            whole = True
        else:
            now = _part(part, now, open_)
    return now


def _part(part: str, now: Words | None, open_: Words | None) -> Words:
    if part == BACK:
        if open_ is None or now is not None:
            raise CannotCheck("« retrouve tout » suit un jour où rien ne s’ouvre")
        return open_
    if NOTHING.fullmatch(part):
        return frozenset()
    if match := LESS.fullmatch(part):
        gone = things_in(match["things"])
        if now is None or not gone <= now:
            raise CannotCheck(f"« {part} » : ne le voyait pas")
        return now - gone
    if match := MORE.fullmatch(part):
        new = things_in(match["things"])
        if now is None or new & now:
            raise CannotCheck(f"« {part} » : le voyait déjà")
        return now | new
    raise CannotCheck(f"« {part} »")


def things_in(text: str) -> Words:
    """« CE1 (classe, nom), son dessin » are three."""
    found = {
        f"{place.strip()} {word}" for place, words in BRACKETS.findall(text) for word in words.split(", ")
    }
    found |= {word.strip() for word in BRACKETS.sub("", text).split(",") if word.strip()}
    return frozenset(found)


def lasts(cell: str, held: Mapping[date, bool | None]) -> bool:
    """Whether a cell of the second table is so: of each day, whether it held; None where it could not be asked."""
    known = {day: so for day, so in held.items() if so is not None}
    if cell == NONE:
        return not any(known.values())
    since, until = min(held), max(held)
    for part in cell.split(", "):
        if match := re.fullmatch(r"dès le (.+)", part):
            since = day_of(match[1])
        elif match := re.fullmatch(r"jusqu’au (.+)", part):
            until = day_of(match[1])
        elif part != ALWAYS:
            raise CannotCheck(f"« {cell} »")
    return bool(known) and all(so == (since <= day <= until) for day, so in known.items())
