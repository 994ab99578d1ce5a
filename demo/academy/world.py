"""The academy at one school year: everything that a feed tells, and what comes next."""

from collections import Counter

from demo.academy.classes import label_classes, open_classes
from demo.academy.evolution import pass_a_year
from demo.academy.families import fill
from demo.academy.levels import Level
from demo.academy.model import District, Family, Pupil, School, Sector, Staff
from demo.academy.plan import sectors as planned_sectors
from demo.academy.recipe import Recipe
from demo.academy.staffing import staff_schools


class World:
    """An academy made from a recipe, at the recipe's year; `next_year` moves it on.

    Pupils, families and staff are held by number; schools and sectors by index. Keeps about one
    kilobyte a person, and draws telephones, mails and addresses only when they are written.
    """

    def __init__(self, recipe: Recipe, sectors: list[Sector] | None = None) -> None:
        self.recipe = recipe
        self.year = recipe.year
        self.sectors = sectors or planned_sectors(recipe)
        self.schools: list[School] = [school for sector in self.sectors for school in sector.schools]
        self.pupils: dict[int, Pupil] = {}
        self.families: dict[int, Family] = {}
        self.staff: dict[int, Staff] = {}
        self.next_pupil = self.next_family = self.next_relative = self.next_staff = 1
        self.next_class = 0
        for sector in self.sectors:
            fill(
                self,
                sector,
                {
                    (school.index, level): size
                    for school in sector.schools
                    for level, size in school.size.items()
                },
            )
        self._open_the_year()

    def next_year(self) -> None:
        """Everybody goes up, leaves, moves or comes; classes are new."""
        self.year += 1
        pass_a_year(self)
        self._open_the_year()

    @property
    def elapsed(self) -> int:
        """Years since the first: draws hang on it, so that an academy begun in another year is the same."""
        return self.year - self.recipe.year

    @property
    def districts(self) -> list[District]:
        return sorted({school.district for school in self.schools}, key=lambda district: district.key)

    def by_place(self) -> Counter[tuple[int, Level]]:
        """How many pupils there are in (school, level)."""
        return Counter((pupil.school, pupil.level) for pupil in self.pupils.values())

    def school_of_uai(self, uai: str) -> School | None:
        return next((school for school in self.schools if school.uai == uai), None)

    def _open_the_year(self) -> None:
        open_classes(self)
        staff_schools(self)
        label_classes(self)
