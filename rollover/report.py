"""The report of a school's turn: when, by whom, what it ended, what is left to do since; and of its undo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core import clock
from directory.querysets import season as read
from rollover.ended import EndedClass, classes_of
from rollover.figures import purged_in
from rollover.models import Turnover
from schools.boards import boards

# What the school has to look at after its turn, by the keys of the season's items.
AFTER = (
    (read.IDLE_TEACHERS, "Enseignants sans classe"),
    (read.AWAITED_CLASSES, "Classes attendues"),
    (read.FIRST_LEVELS, "Premiers niveaux attendus"),
    (read.AWAITING_CLASS, "Élèves sans classe"),
    (read.AWAITING_INE, "Élèves en attente d’un INE"),
    (read.BLOCKS, "Blocages en cours"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """`told` is as `rollover --json` tells a school. `left`: what is to be looked at (words, number, address),
    empty once the turn is undone. `by` and `undone_by` are names, '' where nobody asked."""

    turnover: Turnover
    told: Mapping[str, Any]
    classes: list[EndedClass]
    left: list[tuple[str, int, str]]
    by: str
    undone_by: str

    @property
    def how(self) -> str:
        if self.turnover.automatic:
            return "avec l’alimentation"
        return f"demandé par {self.by}" if self.by else "par une commande"

    @property
    def purged(self) -> int:
        return purged_in(self.turnover.figures)

    @property
    def counted(self) -> bool:
        """Whether it is known how many people lost something."""
        return self.told.get("people_losing_access") is not None


def report_of(turnover: Turnover) -> Report:
    """As many queries whatever the school's size."""
    people = [uuid for uuid in (turnover.by, turnover.undone_by) if uuid is not None]
    names = {person.uuid: person.full_name for person in User.objects.filter(uuid__in=people)}
    return Report(
        turnover,
        turnover.figures | {"class_attachments_ended": len(turnover.ended_class_attachments)},
        classes_of(turnover.ended_class_attachments),
        [] if turnover.undone_at else _left(turnover),
        names.get(turnover.by, "") if turnover.by else "",
        names.get(turnover.undone_by, "") if turnover.undone_by else "",
    )


def _left(turnover: Turnover) -> list[tuple[str, int, str]]:
    (board,) = boards([turnover.school], clock.today())
    lines = {line.item.key: line for line in board.lines}
    return [
        (label, line.number, line.url)
        for key, label in AFTER
        if (line := lines.get(key)) is not None and line.number
    ]
