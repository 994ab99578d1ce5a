"""The season as rows for a spreadsheet: the checklist of a school, or a line for each school; recorded."""

from collections.abc import Iterator, Sequence
from typing import Any

from accounts.models import User
from core import audit, clock
from feeds.season_scope import BATCH, by_need
from schools.boards import Board, Line, LineState, boards
from schools.models import School
from schools.season import items

STATES = {
    LineState.DONE: "Terminé",
    LineState.ASKED: "À faire",
    LineState.ALERT: "Urgent",
    LineState.SEEN: "Vu",
    LineState.COMING: "Attendu",
    LineState.LATER: "Plus tard",
}
LINES = ("Point", "État", "Nombre", "Détail", "Pourquoi", "Vu le", "Raison")


def export_season(*, by: User, schools: Sequence[School], form: str) -> Iterator[Sequence[Any]]:
    """A head, then rows; of one school, a row for each item. `schools` are of the scope of whoever asks."""
    with audit.acting(by=by):
        audit.record(
            "school.season_exported",
            school=schools[0].uuid if len(schools) == 1 else None,
            after={"format": form, "number": len(schools)},
        )
    if len(schools) == 1:
        return _checklist(boards(schools, clock.today())[0])
    return _schools(schools)


def _checklist(board: Board) -> Iterator[Sequence[Any]]:
    yield LINES
    for line in board.lines:
        seen = line.seen
        yield (
            line.item.label,
            STATES[line.state],
            _number(line),
            line.told,
            line.item.why,
            f"{seen.at:%d/%m/%Y}" if seen else "",
            seen.reason if seen else "",
        )


def _schools(schools: Sequence[School]) -> Iterator[Sequence[Any]]:
    yield (
        "École", "UAI", "Commune", "Circonscription", "Prochaine étape", "Points à voir", "dont urgents",
        *(item.label for item in items),
    )  # fmt: skip
    found: list[Board] = []
    for start in range(0, len(schools), BATCH):
        found += boards(schools[start : start + BATCH], clock.today())
    for board in by_need(found):
        school = board.school
        yield (
            school.name,
            school.uai,
            school.city,
            school.district.name if school.district else "",
            board.where,
            board.open,
            board.alerts,
            *(_number(line) for line in board.lines),
        )


def _number(line: Line) -> str:
    return "" if line.number is None else str(line.number)
