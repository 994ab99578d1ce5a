"""A row of the table of routes: its answer for each kind of person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.house.world import (
    ACADEMY_ADMIN,
    ANONYMOUS,
    DIRECTOR,
    DISTRICT_ADMIN,
    KINDS,
    OTHER_DIRECTOR,
    PLATFORM_ADMIN,
    SIGNED_IN,
    STAFF,
    TEACHER,
    HouseWorld,
)

LOGIN = "to sign-in"  # a redirection to the sign-in page

type Answer = int | str


@dataclass(frozen=True)
class Row:
    """`answers` by kind; `address` gives the route's arguments, `data` what is posted."""

    answers: dict[str, Answer]
    address: Callable[[HouseWorld], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[HouseWorld], dict[str, Any]] = field(default=lambda world: {})
    query: str = ""

    @property
    def has_a_good_answer(self) -> bool:
        return any(isinstance(answer, int) and answer < 400 for answer in self.answers.values())


def row(*kinds: str, good: int = 200, others: int = 404, anonymous: Answer = LOGIN, **rest: Any) -> Row:
    """`kinds` get `good`, the other people signed in `others`, whoever is not signed in `anonymous`."""
    answers: dict[str, Answer] = {kind: good if kind in kinds else others for kind in SIGNED_IN}
    return Row(answers | {ANONYMOUS: anonymous}, **rest)


def public(good: int = 200, **rest: Any) -> Row:
    """Everyone gets the same."""
    return Row(dict.fromkeys(KINDS, good), **rest)


def signed_in(good: int = 200, **rest: Any) -> Row:
    """Whoever is signed in."""
    return row(*SIGNED_IN, good=good, **rest)


TEAM = (TEACHER, STAFF, DIRECTOR, DISTRICT_ADMIN, ACADEMY_ADMIN, PLATFORM_ADMIN)
ADMINISTRATORS = (DIRECTOR, OTHER_DIRECTOR, DISTRICT_ADMIN, ACADEMY_ADMIN, PLATFORM_ADMIN)
