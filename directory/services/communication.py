"""A school's rules of communication, changed and put back. They hold at the next request of everybody."""

from dataclasses import dataclass

from accounts.models import User
from core import audit
from directory.authority import require_school
from directory.communication import CELLS, TALKING, Key, Matrix, allowed, defaults
from directory.enums import Extent
from directory.errors import RuleOutOfBounds
from directory.models import CommunicationRule
from directory.querysets.communication import matrix_of
from schools.models import School
from schools.services.choose import set_reach


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that is, or would be, no longer as it was."""

    key: Key
    before: Extent
    after: Extent


def foresee(*, school: School, cells: Matrix) -> list[Change]:
    """What putting these cells would change, in the order of the rules. Raises RuleOutOfBounds."""
    for key, extent in cells.items():
        if not allowed(key, extent):
            cell = CELLS.get(key)
            raise RuleOutOfBounds(cell.why if cell and cell.why else "")
    present = matrix_of(school)
    return [
        Change(key, present[key], cells[key]) for key in CELLS if key in cells and cells[key] != present[key]
    ]


def change(*, by: User, school: School, cells: Matrix) -> list[Change]:
    """Puts these cells; answers those that changed. Raises NotYours, RuleOutOfBounds."""
    return _put(by=by, school=school, cells=cells, verb="communication.changed")


def reset(*, by: User, school: School) -> list[Change]:
    """Back to the rules by default; answers what changed. Raises NotYours."""
    return _put(by=by, school=school, cells=defaults(), verb="communication.reset")


def _put(*, by: User, school: School, cells: Matrix, verb: str) -> list[Change]:
    require_school(by, school)
    with audit.acting(by=by):
        held = School.objects.select_for_update(no_key=True).get(pk=school.pk)
        changes = foresee(school=held, cells=cells)
        for each in changes:
            _write(by, held, each)
        if changes:
            audit.record(
                verb,
                subject=school.uuid,
                school=school.uuid,
                before={_name(each.key): each.before.value for each in changes},
                after={_name(each.key): each.after.value for each in changes},
            )
    school.refresh_from_db(fields=["relatives_reach_relatives"])
    return changes


def _write(by: User, school: School, each: Change) -> None:
    if each.key == TALKING:
        set_reach(by=by, school=school, relatives=each.after == Extent.CLASS)
        return
    who, whom = each.key
    if each.after == CELLS[each.key].default:
        CommunicationRule.objects.filter(school=school, who=who, whom=whom).delete()
        return
    CommunicationRule.objects.update_or_create(
        school=school, who=who, whom=whom, defaults={"extent": each.after}
    )


def _name(key: Key) -> str:
    return f"{key[0].value}>{key[1].value}"
