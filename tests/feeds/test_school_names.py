"""A school that goes by a name of its own keeps it, whatever feeds and their undo say."""

from pathlib import Path

import pytest

from feeds.enums import PlanAction, PlanKind
from feeds.services.undo_run import undo_run
from schools.services.choose import rename
from tests.accounts.factories import PersonFactory
from tests.feeds.sets import a_set, feed, pupils_of, school, school_of

pytestmark = pytest.mark.django_db
ORDINARY = {"pupils": pupils_of(6)}


def a_school(name: str):
    return [school("A", ENTStructureNomCourant=f"ECOLE ELEMENTAIRE PUBLIQUE${name}")]


def test_no_feed_undoes_the_name_that_a_school_chose(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-15", schools=a_school("J FERRY"), **ORDINARY))
    fed = school_of("A").name
    rename(by=PersonFactory(staff=True), school=school_of("A"), name="École du Port")
    # the same again changes nothing
    same = feed(a_set(tmp_path, "2026-09-16", schools=a_school("J FERRY"), **ORDINARY))
    assert same.counts[PlanKind.SCHOOL][PlanAction.CHANGED] == 0
    told = school_of("A")
    assert (told.name, told.fed_name) == ("École du Port", fed)
    # another name is kept beside, and the former comes back with the undo
    run = feed(a_set(tmp_path, "2026-09-17", schools=a_school("LES LILAS"), **ORDINARY))
    assert run.counts[PlanKind.SCHOOL][PlanAction.CHANGED] == 1
    told = school_of("A")
    assert told.name == "École du Port"
    assert "Lilas" in told.fed_name
    undo_run(run=run)
    told = school_of("A")
    assert (told.name, told.fed_name) == ("École du Port", fed)
    rename(by=PersonFactory(staff=True), school=told, name="")
    assert school_of("A").name == fed
