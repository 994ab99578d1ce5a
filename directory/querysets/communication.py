"""The rules of communication of a school, as they stand."""

from directory.communication import TALKING, Key, matrix_with
from directory.enums import Extent, Party
from directory.models import CommunicationRule
from schools.models import School


def changes_of(school: School) -> int:
    """How many rules a school has otherwise than by default. One query."""
    return CommunicationRule.objects.filter(school=school).count() + school.relatives_reach_relatives


def matrix_of(school: School) -> dict[Key, Extent]:
    """How far each party reaches each other in a school: the defaults and what it changed. One query."""
    rows = CommunicationRule.objects.filter(school=school).values_list("who", "whom", "extent")
    changed = {(Party(who), Party(whom)): Extent(extent) for who, whom, extent in rows}
    if school.relatives_reach_relatives:
        changed[TALKING] = Extent.CLASS
    return matrix_with(changed)
