"""Synthetic academies, deterministic, in memory and as files; nothing here touches the database."""

from demo.academy.feed import make_college_set, make_csv, make_set, world_of
from demo.academy.recipe import Recipe
from demo.academy.showcase import demo_recipe, demo_world, demo_year, shown_year

__all__ = [
    "Recipe",
    "demo_recipe",
    "demo_world",
    "demo_year",
    "make_college_set",
    "make_csv",
    "make_set",
    "shown_year",
    "world_of",
]
