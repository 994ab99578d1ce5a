"""The academy that `make demo` shows: three schools, two towns, two districts, all invented."""

import json
from datetime import date
from pathlib import Path

from core import clock
from demo.academy.levels import ELEMENTARY_LEVELS, NURSERY_LEVELS, PRIMARY_LEVELS, Level, SchoolKind
from demo.academy.model import District, School, Sector
from demo.academy.places import Town
from demo.academy.recipe import Recipe
from demo.academy.world import World
from schools.rules import uai_letter

SEED = 2023
ACADEMY = "HAUTEBRUME"
ACADEMY_CODE = "90"
FEED_DAY = (9, 15)
"""Month and day from which the running year's families are in the feed."""

FEED_FOLDER = "demo-feed"
"""Where, in an instance's data, the set lies that its demo was made from."""

AUBRAY = Town("Aubray-sur-Corvanne", "99110")
CHANTELIERRE = Town("Chantelierre", "99240")


def demo_year(today: date | None = None) -> int:
    """The school year that the demo shows: the running one once its families are fed, else the last."""
    day = today or clock.today()
    return day.year if (day.month, day.day) >= FEED_DAY else day.year - 1


def shown_year(data: Path) -> int:
    """The first year of the demo that an instance already shows, else of the one that it would make today.

    So that the next year of a demo made last November is still its next year once October has come.
    """
    try:
        told = (data / FEED_FOLDER / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return demo_year()
    return int(json.loads(told)["first_year"])


def demo_world(year_offset: int = 0, *, year: int | None = None) -> World:
    """The demo's academy `year_offset` years after the one that it shows first (`year`, by the clock)."""
    recipe = demo_recipe(demo_year() if year is None else year)
    world = World(recipe, demo_sectors())
    for _ in range(year_offset):
        world.next_year()
    return world


def demo_recipe(year: int) -> Recipe:
    return Recipe(
        seed=SEED,
        schools=3,
        year=year,
        academy=ACADEMY,
        academy_code=ACADEMY_CODE,
        without_ine=250,
        composed_names=False,
        showcase=True,
    )


def demo_sectors() -> list[Sector]:
    """Aubray's nursery and elementary school, and Chantelierre's primary school in another district."""
    aubray = District("900001", "Circonscription d’Aubray")
    hills = District("900002", "Circonscription de Chantelierre et des Monts")
    nursery = _school(
        0, SchoolKind.NURSERY, "LES LIBELLULES", AUBRAY, aubray, sizes=dict.fromkeys(NURSERY_LEVELS, 20)
    )
    nursery.size[Level.TPS] = 6
    elementary = _school(
        1,
        SchoolKind.ELEMENTARY,
        "GERMAINE TILLION",
        AUBRAY,
        aubray,
        sizes=dict.fromkeys(ELEMENTARY_LEVELS, 20),
    )
    elementary.ulis = True
    primary = _school(
        2, SchoolKind.PRIMARY, "JACQUES PRÉVERT", CHANTELIERRE, hills, sizes=dict.fromkeys(PRIMARY_LEVELS, 10)
    )
    primary.sector = 1
    return [Sector(0, AUBRAY, [nursery, elementary]), Sector(1, CHANTELIERRE, [primary])]


def _school(
    index: int, kind: SchoolKind, name: str, town: Town, district: District, *, sizes: dict[Level, int]
) -> School:
    digits = f"099{index + 101:04d}"
    return School(
        index=index,
        key=str(100_000 + index),
        uai=digits + uai_letter(digits),
        kind=kind,
        private=False,
        name=name,
        town=town,
        street=("3 place du Lavoir", "5 place du Lavoir", "18 rue des Carriers")[index],
        phone=f"035301{index + 41:04d}",
        district=district,
        sector=0,
        size=sizes,
    )
