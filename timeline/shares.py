"""What sharing tells: someone shared with me, someone cedes me a thing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from sharing.kinds import kind_of
from sharing.models import Grant, Handover, Resource
from sharing.signals import forgotten, offered, shared
from timeline.kinds import ADULTS, Kind, Telling, Told, register
from timeline.models import Event
from timeline.services.record import Happening, record, record_all
from ui.french import counted

SHARED = "sharing.shared"
OFFERED = "sharing.offered"


def register_kinds() -> None:
    """To be called in `ready()`."""
    register(
        Kind(
            key=SHARED,
            order=10,
            app="sharing",
            app_label="Partages",
            label="Ce que l’on partage avec moi",
            icon="share",
            cover="violet",
            words=_shared_words,
        )
    )
    register(
        Kind(
            key=OFFERED,
            order=20,
            app="sharing",
            app_label="Partages",
            label="Ce que l’on me cède",
            icon="heart-handshake",
            cover="violet",
            words=_offered_words,
            profiles=ADULTS,
            grouped=False,
        )
    )


def _shared_words(telling: Telling) -> Told:
    resources = {event.resource_id: event.resource for event in telling.events}
    whom = "toi" if telling.pupil else "vous"
    if len(resources) == 1:
        (resource,) = resources.values()
        assert resource is not None
        kind = kind_of(resource)
        return Told(
            f"{telling.who} a partagé «\u00a0{resource.title}\u00a0» avec {whom}",
            kind.label.capitalize(),
            kind.url(resource),
        )
    titles = [each.title for each in resources.values() if each is not None]
    return Told(
        f"{telling.who} a partagé {counted(len(resources), 'chose')} avec {whom}",
        ", ".join(titles[:3]) + ("…" if len(titles) > 3 else ""),
        reverse("sharing:with_me"),
    )


def _offered_words(telling: Telling) -> Told:
    resource = telling.events[0].resource
    title = resource.title if resource else telling.events[0].data.get("title", "")
    return Told(
        f"{telling.who} vous cède «\u00a0{title}\u00a0»",
        "À accepter ou à refuser",
        reverse("sharing:with_me"),
    )


@receiver(shared, dispatch_uid="timeline.shared")
def on_shared(sender: Any, *, by: Any, grants: list[Grant], **kwargs: Any) -> None:
    """One event a resource, for all those to whom it was just given."""
    if not grants:
        return
    persons: dict[int, set[int]] = defaultdict(set)
    groups: dict[int, set[int]] = defaultdict(set)
    for grant in grants:
        if grant.person_id is not None:
            persons[grant.resource_id].add(grant.person_id)
        elif grant.group_id is not None:
            groups[grant.resource_id].add(grant.group_id)
    record_all(
        Happening(kind=SHARED, by=by.uuid, resource=key, persons=persons[key], groups=groups[key])
        for key in sorted(persons.keys() | groups.keys())
    )


@receiver(forgotten, dispatch_uid="timeline.forgotten")
def on_forgotten(sender: Any, *, ids: Sequence[int], **kwargs: Any) -> None:
    """What is deleted for good is told no more."""
    Event.objects.filter(resource__in=list(ids)).delete()


@receiver(offered, dispatch_uid="timeline.offered")
def on_offered(sender: Any, *, handover: Handover, **kwargs: Any) -> None:
    """Told to whom it is offered; they may not see the thing yet, so that its title is kept."""
    resource: Resource = handover.resource
    record(
        Happening(
            kind=OFFERED,
            by=handover.by,
            persons=[handover.to_id],
            about=handover.uuid,
            data={"title": resource.title},
        )
    )
