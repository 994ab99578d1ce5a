"""A year drawn at random, feeds and people's acts between them: the lasting rules hold at every step."""

from pathlib import Path

import pytest
from hypothesis import given

from core import clock, invariants
from tests.feeds.sets import noon
from tests.properties.academies import SetTold
from tests.properties.acts import Act, fed, happen, years
from tests.properties.test_feeds import a_new_instance, examples

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [f"{each.invariant.name} {each.rows}" for each in invariants.run_all()]


@examples(5)
@given(year=years())
def test_the_lasting_rules_hold_whatever_is_done_between_two_feeds(
    tmp_path: Path, year: list[tuple[SetTold, list[Act]]]
) -> None:
    with a_new_instance():
        for told, acts in year:
            with clock.at(noon(told.day)):
                fed(tmp_path, told)
                assert broken() == []
                for act in acts:
                    happen(act)
                    assert broken() == [], act
