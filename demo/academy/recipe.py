"""What a synthetic academy is made from: the same recipe always gives the same academy."""

from dataclasses import dataclass

FIRST_LIMIT = 2_900_000
"""Most people of a kind: past it the ranges of keys would meet."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """`year` is the school year that the academy starts with; `composed_names` adds made-up surnames.

    One pupil in `without_ine` has no INE yet. `pupils` is exact, whatever the number of schools.
    """

    seed: int
    schools: int
    year: int
    pupils: int | None = None
    academy: str = "EXEMPLE"
    academy_code: str = "24"
    class_size: int = 22
    without_ine: int = 97
    composed_names: bool = True
    showcase: bool = False

    def __post_init__(self) -> None:
        if self.schools < 1:
            raise ValueError("an academy has one school at least")
        if self.pupils is not None and not 0 < self.pupils <= FIRST_LIMIT:
            raise ValueError(f"pupils: from 1 to {FIRST_LIMIT}")


# What happens by number, so that even a small academy has one of each.
TWINS = (43, 11)
HOMONYM = (61, 13)
APART = (7, 3)
THIRD_RELATIVE = (37, 9)
SHARED_MAIL = (11, 6)
DOUBLE_NAME = (17, 5)
TEACHER_WHO_IS_A_PARENT = (40, 5)
OTHER_KEY = (31, 4)


def falls_on(number: int, rhythm: tuple[int, int]) -> bool:
    """Is it this number's turn? A rhythm is (every so many, starting with)."""
    every, first = rhythm
    return number % every == first
