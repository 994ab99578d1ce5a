"""The rules of communication of a school, as they stand."""

from directory.communication import TALKING, Key, matrix_with
from directory.enums import Extent, Party
from directory.models import CommunicationRule
from schools.models import School


def matrix_of(school: School) -> dict[Key, Extent]:
    """How far each party reaches each other in a school: the defaults and what it changed. One query."""
    rows = CommunicationRule.objects.filter(school=school).values_list("who", "whom", "extent")
    changed = {(Party(who), Party(whom)): Extent(extent) for who, whom, extent in rows}
    if school.relatives_reach_relatives:
        changed[TALKING] = Extent.CLASS
    return matrix_with(changed)
