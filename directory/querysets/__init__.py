"""Who may see what, for thousands: the twins of `directory.rules`, and the only gate to an object.

What is not in the answer does not exist for that person: a 404, as for what never was.
"""

from directory.querysets.addressable import groups_addressable_by, place_of_group
from directory.querysets.administered import (
    classes_administered_by,
    groups_administered_by,
    people_administered_by,
    schools_administered_by,
)
from directory.querysets.favourites import favourites_of
from directory.querysets.groups import (
    groups_of,
    groups_visible_to,
    members_of,
    members_visible_to,
    members_who_left,
)
from directory.querysets.people import people_visible_to
from directory.querysets.places import classes_visible_to, schools_visible_to
from directory.querysets.standpoint import standpoint_of, whereabouts_of

__all__ = [
    "classes_administered_by",
    "classes_visible_to",
    "favourites_of",
    "groups_addressable_by",
    "groups_administered_by",
    "groups_of",
    "groups_visible_to",
    "members_of",
    "members_visible_to",
    "members_who_left",
    "people_administered_by",
    "people_visible_to",
    "place_of_group",
    "schools_administered_by",
    "schools_visible_to",
    "standpoint_of",
    "whereabouts_of",
]
