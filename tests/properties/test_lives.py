"""Whatever is fed, shared, written, kept, merged, closed, turned and undone: what a person made and what they were
given is there, and no more.

`CARTABLE_EXAMPLES=63 .venv/bin/python -m pytest -q -rP tests/properties/test_lives.py` takes
10,000 steps (160 in a usual run) and says what was reached.
"""

import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.accounts import Accounts
from tests.properties.blogs import Blogs
from tests.properties.books import Books
from tests.properties.shares import Shares
from tests.properties.test_feeds import times
from tests.properties.twins import Twins
from tests.properties.words import Words
from tests.properties.years import Years

pytestmark = pytest.mark.django_db
LIVES, STEPS = 2, 80


class Lives(Shares, Words, Blogs, Books, Years, Accounts, Twins):
    """All that people do, in one academy."""


def test_all_that_people_make_outlives_the_year_as_it_must_and_no_more() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=times(LIVES),
            stateful_step_count=STEPS + 1,
            deadline=None,
            derandomize=True,
            # A life takes seconds: shrinking one that fails would take minutes, here and in CI.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    said = [f"{number:6} {what}" for what, number in sorted(Lives.reached.items())]
    sys.stdout.write("\n".join(["", *said, ""]))
