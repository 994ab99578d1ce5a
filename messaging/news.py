"""What messaging tells to *Nouveautés*, beside the messages themselves (`written`): messages reported, to who
administers."""

from collections.abc import Callable

from messaging.enums import Reason, Sign
from timeline import kinds
from timeline.enums import MailPace
from timeline.kinds import ADULTS, Kind, Telling, Told
from timeline.models import Event

REPORTED = "messaging.reported"
ALERT = "messaging.alert"

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


def _alert_words(telling: Telling) -> Told:
    event = telling.events[0]
    sign = event.data.get("sign", "")
    return Told(
        f"Le compte de {event.data.get('name', '')} écrit comme un compte volé",
        f"Il {Sign(sign).label}" if sign in Sign.values else "",
        alert_url(event),
    )


def alert_url(event: Event) -> str:
    """Where administrators look at it."""
    page = _pages.get(ALERT)
    return page(event) if page else ""


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        Kind(
            key=ALERT,
            order=7,
            app="messaging",
            app_label="Messagerie",
            label="Un compte qui écrit comme un compte volé",
            icon="alert-triangle",
            cover="coral",
            words=_alert_words,
            profiles=ADULTS,
            # Its own mail goes at once, whatever one chose and whatever the hour.
            mail=MailPace.NEVER,
            grouped=False,
        )
    )
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
