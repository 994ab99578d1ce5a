"""Mails of what is new, in plain text: what happened; what it says, for who asked for it and no one else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from timeline.kinds import Told
from timeline.lines import Line, lines_of
from timeline.querysets import News
from ui.french import counted

MOST = 20  # lines of one mail
LONGEST = 5_000  # characters of what a line quotes
_SALT = "timeline.stop_mails"


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a mail, and what it quotes."""

    told: Told
    text: Sequence[str] = ()


def send_news(person: User, news: Sequence[News], *, texts: Mapping[int, str]) -> int:
    """One mail, with a link that stops them in one click (RFC 8058); 0 where there is nothing to tell.
    `texts`: what it quotes, by event; each of these has its line."""
    if not news or not person.contact_email:
        return 0
    lines = _written(person, news, texts)
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


def _written(person: User, news: Sequence[News], texts: Mapping[int, str]) -> list[Written]:
    pupil = person.profile == Profile.PUPIL
    lines = lines_of([each for each in news if each.event.pk not in texts], pupil=pupil)
    lines += lines_of([each for each in news if each.event.pk in texts], pupil=pupil, apart=True)
    lines.sort(key=lambda line: line.at, reverse=True)
    return [Written(line.told, _quoted(line, texts)) for line in lines]


def _quoted(line: Line, texts: Mapping[int, str]) -> list[str]:
    text = texts.get(line.newest.pk, "")
    cut = f"{text[:LONGEST].rstrip()}…" if len(text) > LONGEST else text
    return cut.splitlines()


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
