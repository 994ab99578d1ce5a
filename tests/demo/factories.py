"""Academies for tests: small enough to be made in milliseconds, dated whatever the clock says."""

from dataclasses import replace

from demo.academy import Recipe

YEAR = 2026


def recipe(**changes: object) -> Recipe:
    """An academy of five schools: each kind is there."""
    return replace(Recipe(seed=7, schools=5, year=YEAR, pupils=420), **changes)
