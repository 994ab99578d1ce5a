"""Whatever is fed, shared, turned and undone: what a person made and gave by name is there, and no more."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.shares import Sharing
from tests.properties.test_feeds import times

pytestmark = pytest.mark.django_db


def test_shares_outlive_the_year_as_they_must_and_no_more() -> None:
    run_state_machine_as_test(
        Sharing,
        settings=settings(
            max_examples=times(6),
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            # A year takes a second: shrinking one that fails would take minutes, here and in CI.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
