"""Mails of what is new, in plain text: what happened, never what it holds."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from timeline.lines import lines_of
from timeline.models import Event
from timeline.querysets import News
from ui.french import counted

MOST = 20  # lines of one mail
_SALT = "timeline.stop_mails"


def send_news(person: User, events: Sequence[Event]) -> int:
    """One mail, with a link that stops them in one click (RFC 8058); 0 where there is nothing to tell."""
    if not events or not person.contact_email:
        return 0
    lines = lines_of([News(event, True) for event in events], pupil=person.profile == Profile.PUPIL)
    stop = _url("timeline:stop", stop_token(person))
    told = {
        "person": person,
        "lines": lines[:MOST],
        "more": max(0, len(lines) - MOST),
        "url": _url("timeline:index"),
        "choices": _url("timeline:choices"),
        "stop": stop,
    }
    EmailMessage(
        subject=f"Cartable : {counted(len(lines), 'nouveauté')}",
        body=render_to_string("timeline/mails/news.txt", told),
        to=[person.contact_email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    ).send()
    return 1


def stop_token(person: User) -> str:
    """What the link to stop mails holds: good for as long as the person has this address."""
    return signing.dumps([str(person.uuid), person.contact_email], salt=_SALT)


def person_of(token: str) -> User | None:
    """Whose mails a link stops; None for one that is not ours, or of a former address."""
    try:
        uuid, email = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(uuid=uuid).first()
    return person if person is not None and person.contact_email == email else None


def _url(name: str, *args: object) -> str:
    return settings.CARTABLE_URL.rstrip("/") + reverse(name, args=args)
