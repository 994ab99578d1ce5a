"""What messaging tells to *Nouveautés*, beside the messages themselves (`written`): messages reported, accounts
that write like stolen ones; to who administers, for as long as they do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import User
from directory.querysets import standpoint_of
from directory.querysets.administered import people_administered_by
from directory.rules import TEAM
from messaging.care import reports_visible_to
from messaging.enums import Reason, Sign
from messaging.models import Alert
from timeline import kinds
from timeline.enums import MailPace
from timeline.kinds import Kind, Standing, Telling, Told
from timeline.models import Event

REPORTED = "messaging.reported"
ALERT = "messaging.alert"

_pages: dict[str, Callable[[Event], str]] = {}


def lead_to(kind: str, page: Callable[[Event], str]) -> None:
    """A room above says, in `ready()`, on which page of its own an event of this kind is looked at."""
    _pages[kind] = page


def _reports(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those whose report someone may still open; read, once it is handled. Two queries."""
    rows = reports_visible_to(person).filter(uuid__in=[event.about for event in events])
    closed = dict(rows.order_by().values_list("uuid", "closed_at"))
    return _standings(events, closed)


def _alerts(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those about an account that someone still administers; read, once somebody looked. Two queries."""
    rows = Alert.objects.filter(
        uuid__in=[event.about for event in events],
        person__in=people_administered_by(person).order_by().values("pk"),
    )
    return _standings(events, dict(rows.exclude(person=person).values_list("uuid", "closed_at")))


def _standings(events: Sequence[Event], closed: Mapping[UUID, datetime | None]) -> Mapping[int, Standing]:
    return {
        event.pk: Standing(event.at, read=closed[event.about] is not None)
        for event in events
        if event.about in closed
    }


def _administers(person: User) -> bool:
    return standpoint_of(person).administers_something


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
            gate=_alerts,
            met_by=_administers,
            profiles=TEAM,
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
            gate=_reports,
            met_by=_administers,
            profiles=TEAM,
            mail=MailPace.SOON,
            grouped=False,
        )
    )
