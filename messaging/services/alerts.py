"""An account that writes like a stolen one: told once a day to the administrators of its schools, by what is
new and by a mail that waits for no morning; looked at."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from accounts.models import User
from accounts.services.own_email import forget_chosen_since
from core import audit, clock
from directory.authority import require_person
from directory.errors import AlreadyDone, NotOneself
from directory.querysets.administered import schools_holding
from directory.rules import Standpoint
from directory.services.codes import renew_codes
from directory.services.forced_passwords import LATELY
from messaging import news
from messaging.enums import Sign
from messaging.models import Alert, Message
from messaging.querysets import reached_since
from messaging.rules import ALERT_KEPT, BURST, SAME_TEXT, theft_sign
from messaging.services.reports import nearest_administrators
from timeline.models import Event
from timeline.services.record import Happening, record_all

HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


def look(*, me: Standpoint, person: User, message: Message, lately: Sequence[int]) -> None:
    """Asked at each send, of the people that each message of this hour reached, this one's last. Two queries
    at most, none while little goes."""
    now = clock.now()
    in_hour, in_month, same = sum(lately), 0, 0
    if len(lately) >= SAME_TEXT:
        alike = Message.objects.filter(author=person, sent_at__gte=now - HOUR, text=message.text)
        same = 1 + alike.exclude(pk=message.pk).count()
    if in_hour >= BURST[me.profile] and not me.administers_something:
        in_month = reached_since(person, now - MONTH) - sum(lately[:-1])
    sign = theft_sign(me, messages=len(lately), same=same, in_hour=in_hour, in_month=in_month)
    if sign is not None:
        alert(person=person, sign=sign, reached=in_hour)


def alert(*, person: User, sign: Sign, reached: int) -> Alert | None:
    """Writes it down and tells whoever administers the account's schools, but themself; None where this day
    has its alert already."""
    with audit.acting(by=None):
        made, fresh = Alert.objects.get_or_create(
            person=person,
            day=clock.today(),
            defaults={"sign": sign, "reached": reached, "at": clock.now()},
        )
        if not fresh:
            return None
        schools = list(schools_holding(person).order_by("pk"))
        for school in schools:
            audit.record(
                "messages.alerted", subject=person.uuid, school=school.uuid, after={"sign": sign.value}
            )
        record_all(
            Happening(
                kind=news.ALERT,
                persons=nearest_administrators(school, [person.pk]),
                school=school.pk,
                about=made.uuid,
                data={"sign": sign.value, "name": person.full_name},
            )
            for school in schools
        )
        transaction.on_commit(lambda: mail_alert.delay(str(made.uuid)))
    return made


def close(*, by: User, alert: Alert) -> None:
    """An administrator looked at it: it is shown no more. Raises NotOneself (whoever stole the account would),
    NotYours, Outranked, AlreadyDone."""
    if alert.person_id == by.pk:
        raise NotOneself()
    require_person(by, alert.person)
    with audit.acting(by=by):
        rows = Alert.objects.filter(pk=alert.pk, closed_at__isnull=True)
        if not rows.update(closed_at=clock.now(), closed_by=by.uuid):
            raise AlreadyDone("Cette alerte est déjà regardée.")
        for school in schools_holding(alert.person):
            audit.record("messages.alert_closed", subject=alert.person.uuid, school=school.uuid)


def end_access(*, by: User, alert: Alert) -> None:
    """Whoever stole the account is out: its password and code open nothing any more, its sessions end, a mail
    chosen lately is forgotten, by which they would come back; and it is looked at.

    Raises LowAssurance, NotOneself, NotYours, Outranked, OutOfReach, BelongsElsewhere, AlreadyDone.
    """
    with audit.acting(by=by):
        close(by=by, alert=alert)
        renew_codes(by=by, people=[alert.person])
        forget_chosen_since(people=[alert.person], since=clock.now() - LATELY, by=by)


def forget_alerts() -> int:
    """Each night: alerts of more than a year go. Answers how many."""
    old = Alert.objects.filter(at__lt=clock.now() - ALERT_KEPT)
    return old.delete()[0]


@shared_task(name="messaging.mail_alert", ignore_result=True)
def mail_alert(alert: str) -> None:
    """A mail to each administrator told, at once: a stolen account waits for no morning."""
    found = Alert.objects.select_related("person").filter(uuid=UUID(alert)).first()
    events = list(Event.objects.filter(kind=news.ALERT, about=UUID(alert)).select_related("school"))
    if found is None:
        return
    told: set[str] = set()
    for event in events:
        people = User.objects.present().filter(pk__in=event.audience.values("person"))
        for person in people:
            if person.contact_email and person.contact_email not in told:
                told.add(person.contact_email)
                EmailMessage(
                    subject="Cartable : un compte écrit comme un compte volé",
                    body=_words(found, settings.CARTABLE_URL.rstrip("/") + news.alert_url(event)),
                    to=[person.contact_email],
                ).send()


def _words(alert: Alert, url: str) -> str:
    return (
        f"Le compte de {alert.person.full_name} {Sign(alert.sign).label}.\n\n"
        "Ce n’est peut-être rien. Si ce n’est pas cette personne qui écrit, arrêtez ses envois, puis fermez ses "
        f"sessions et changez son mot de passe, d’un bouton\u00a0:\n{url}\n"
    )
