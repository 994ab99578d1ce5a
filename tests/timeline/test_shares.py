"""What sharing tells: each new share, once, to those whom it names."""

import pytest

from accounts.enums import Profile
from sharing.enums import Role
from sharing.services import hand_over
from sharing.services.share import share
from tests.sharing.factories import ResourceFactory
from tests.sharing.worlds import SharingWorld
from tests.timeline.happenings import news, titles
from timeline.models import Audience, Event

pytestmark = pytest.mark.django_db


def test_a_share_is_news_for_those_whom_it_names_and_not_again(world: SharingWorld) -> None:
    for _ in range(2):
        share(
            by=world.teacher,
            resource=world.note,
            persons=[world.director],
            groups=[world.group(Profile.PUPIL)],
            role=Role.READ,
        )
    assert Event.objects.count() == 1
    assert Audience.objects.count() == 2
    assert titles(world.director) == titles(world.pupil) == ["Poésie"]
    assert titles(world.here.relatives[0]) == []


def test_what_is_ceded_is_news_before_it_is_seen(world: SharingWorld) -> None:
    note = ResourceFactory(owner=world.teacher, title="Chants")
    handover = hand_over.offer(by=world.teacher, resource=note, to=world.director)
    (told,) = news(world.director)
    assert told.event.about == handover.uuid
    assert told.event.data == {"title": "Chants"}
