"""What messaging tells to *Nouveautés*, beside the messages themselves (`written`): messages reported, to who
administers."""

from collections.abc import Callable

from messaging.enums import Reason
from timeline import kinds
from timeline.enums import MailPace
from timeline.kinds import ADULTS, Kind, Telling, Told
from timeline.models import Event

REPORTED = "messaging.reported"

_pages: dict[str, Callable[[Event], str]] = {}


def lead_to(kind: str, page: Callable[[Event], str]) -> None:
    """A room above says, in `ready()`, on which page of its own an event of this kind is looked at."""
    _pages[kind] = page


def _reported_words(telling: Telling) -> Told:
    event = telling.events[0]
    page = _pages.get(REPORTED)
    reason = event.data.get("reason", "")
    where = f" dans {event.school.name}" if event.school else ""
    return Told(
        f"Un message est signalé{where}",
        Reason(reason).label if reason in Reason.values else "",
        page(event) if page else "",
    )


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        Kind(
            key=REPORTED,
            order=6,
            app="messaging",
            app_label="Messagerie",
            label="Les messages signalés dans mes écoles",
            icon="flag",
            cover="coral",
            words=_reported_words,
            profiles=ADULTS,
            mail=MailPace.SOON,
            grouped=False,
        )
    )
