"""What an article of the help centre is: for whom, about what, when it comes first. Its text is a template of its
name, in `support/help/`."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.enums import Profile

PUPILS = frozenset({Profile.PUPIL})
RELATIVES = frozenset({Profile.RELATIVE})
TEAM = frozenset({Profile.TEACHER, Profile.STAFF})
ADULTS = frozenset(Profile) - PUPILS
# Whoever administers is of these.
DESKS = TEAM | {Profile.GUEST}


class Season(StrEnum):
    """When a guide comes first."""

    NONE = ""
    END = "end"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`topic` is a key of `support.topics`; `known_as`, other words by which people look for it; `administrators`,
    for whoever administers something alone."""

    slug: str
    title: str
    summary: str
    topic: str = ""
    profiles: frozenset[Profile] = ADULTS
    known_as: str = ""
    administrators: bool = False
    season: Season = Season.NONE
