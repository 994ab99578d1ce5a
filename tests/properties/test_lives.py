"""Whatever is fed, shared, written, kept, merged, closed, turned and undone: what a person made and what they were
given is there, and no more.

A usual run takes 160 steps: two lives of 80, each of one academy drawn from a seed. For 10,000 steps, and what
was reached:

    CARTABLE_EXAMPLES=63 .venv/bin/python -m pytest -q -rP -p no:randomly tests/properties/test_lives.py

`CARTABLE_SEED=7` draws other academies (0 by default). A life that fails says its seed, its days and its steps;
that life alone (or several, by commas), the same step by step:

    CARTABLE_LIFE=21971 .venv/bin/python -m pytest -q -rP tests/properties/test_lives.py
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from tests.properties.accounts import Accounts
from tests.properties.blogs import Blogs
from tests.properties.books import Books
from tests.properties.shares import Shares
from tests.properties.test_feeds import times
from tests.properties.twins import Twins
from tests.properties.words import Words
from tests.properties.years import Years

pytestmark = pytest.mark.django_db
LIVES, STEPS, FEW = 2, 80, 5


class Lives(Shares, Words, Blogs, Books, Years, Accounts, Twins):
    """All that people do, in one academy."""


def seeds() -> list[int]:
    """Of the academies that live in this run."""
    if alone := os.environ.get("CARTABLE_LIFE"):
        return [int(seed) for seed in alone.split(",")]
    chance = Random(int(os.environ.get("CARTABLE_SEED", "0")))
    return chance.sample(range(10**6), times(LIVES))


@pytest.fixture(scope="module")
def reached() -> Iterator[Counter[str]]:
    """What the lives of this run reached, said at its end."""
    counts: Counter[str] = Counter()
    yield counts
    said = [f"{number:6} {what}" for what, number in sorted(counts.items())]
    sys.stdout.write("\n".join(["", *said, ""]))


@pytest.mark.parametrize("seed", seeds())
def test_all_that_people_make_outlives_the_year_as_it_must_and_no_more(
    seed: int, reached: Counter[str]
) -> None:
    life = Lives(seed)
    try:
        end = life.live(STEPS)
    except BaseException:
        again = f"CARTABLE_LIFE={seed} .venv/bin/python -m pytest -q -rP tests/properties/test_lives.py"
        sys.stdout.write("\n".join([*life.told, f"Again: {again}", ""]))
        raise
    reached += Counter({"steps": life.steps}) + life.reached
    sys.stdout.write(f"academy {seed}: {life.steps} steps, {end}\n")


def test_the_same_seed_gives_the_same_life() -> None:
    lives = [Lives(21971), Lives(21971)]
    ends = {life.live(FEW) for life in lives}
    assert lives[0].told == lives[1].told
    assert len(ends) == 1
