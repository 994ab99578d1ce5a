"""What happened, for tests."""

from accounts.models import User
from sharing.enums import Role
from sharing.models import Resource
from sharing.querysets import reach_of
from tests.sharing.factories import GrantFactory
from timeline.models import Event
from timeline.querysets import News, news_of
from timeline.services.record import Happening, record
from timeline.shares import SHARED


def shared_with(person: User, resource: Resource, *, role: Role = Role.READ) -> Event:
    """A thing shared with somebody by name, and told."""
    GrantFactory(resource=resource, person=person, role=role, given_by=resource.owner.uuid)
    return told(resource, persons=[person.pk])


def told(resource: Resource, **to: list[int]) -> Event:
    """That a thing was shared, told to these persons or groups."""
    assert resource.owner is not None
    event = record(Happening(kind=SHARED, by=resource.owner.uuid, resource=resource.pk, **to))
    assert event is not None
    return event


def news(person: User, *, count: int = 30) -> list[News]:
    return news_of(person, reach_of(person), count=count)


def titles(person: User) -> list[str]:
    """Titles of what is new for somebody, the newest first."""
    return [each.event.resource.title for each in news(person) if each.event.resource]
