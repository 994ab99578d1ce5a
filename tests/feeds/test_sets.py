"""The builder of sets itself: what it writes is a set, and the importer takes it."""

from pathlib import Path

import pytest

from directory.models import SchoolClass
from tests.feeds.sets import a_set, feed, person, pupil, pupils_of, school_of, staff, told
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db


def test_a_set_told_in_a_line_comes_in_whole(tmp_path: Path) -> None:
    run = feed(
        a_set(
            tmp_path,
            pupils=[*pupils_of(3), pupil("P9", "B", relatives=["R1", "R2"])],
            staff=[staff("S1", "A", "B", heads=["B"])],
        )
    )
    assert run.state == "applied"
    assert not run.anomalies.exists()
    assert told(run, "pupils") == {"created": 4}
    assert told(run, "relatives") == {"created": 2}
    assert told(run, "staff") == {"created": 1}
    assert told(run, "ties") == {"created": 2}
    assert told(run, "classes") == {"created": 2}
    assert told(run, "schools") == {"created": 2}
    assert school_of("B").class_year == 2026
    assert person("S1").profile == "TEACHER"
    assert SchoolClass.objects.filter(label="CP", year=2026).count() == 2


def test_the_same_set_again_changes_nothing_in_the_whole_database(tmp_path: Path) -> None:
    path = a_set(tmp_path, pupils=pupils_of(3, relatives=["R1"]), staff=[staff("S1")])
    feed(path)
    before = whole()
    run = feed(path, on="2026-09-16")
    assert differences(before, whole()) == {}
    assert told(run, "pupils") == {"unchanged": 3}
    assert staged() == []
