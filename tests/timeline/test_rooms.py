"""What the rooms above tell: a comment, a year that turns and goes back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from documents.services import comments
from rollover.services.roll import roll_school
from rollover.services.undo import undo_run
from sharing.enums import Role
from tests.documents import factories as documents
from tests.sharing.factories import GrantFactory
from tests.sharing.worlds import SharingWorld
from tests.timeline.happenings import news

pytestmark = pytest.mark.django_db


def _told(client: Client) -> str:
    return client.get("/nouveautes/").content.decode().replace("\u00a0", " ")


def test_a_comment_is_told_to_the_owner_and_to_whoever_spoke_before(
    as_person: Callable[[Any], Client], world: SharingWorld
) -> None:
    file = documents.file(world.teacher, "Dictée 12.txt")
    for person in (world.director, world.pupil):
        GrantFactory(resource=file, person=person, role=Role.COMMENT)
    comments.comment(by=world.director, resource=file, text="Très bien.")
    assert "a commenté « Dictée 12.txt »" in _told(as_person(world.teacher))
    assert news(world.pupil) == []
    comments.comment(by=world.teacher, resource=file, text="Merci.")
    assert len(news(world.director)) == 1


def test_the_team_learns_that_its_school_turned_and_went_back(
    as_person: Callable[[Any], Client], world: SharingWorld
) -> None:
    year = world.school.class_year
    done = roll_school(school=world.school, year=year + 1, by=world.director.uuid)
    page = _told(as_person(world.teacher))
    assert f"est passée à l’année {year + 1}-{year + 2}" in page
    assert news(world.pupil) == [] == news(world.here.relatives[0])
    undo_run(run=done.run, by=world.director.uuid)
    assert f"est revenue à l’année {year}-{year + 1}" in _told(as_person(world.teacher))
