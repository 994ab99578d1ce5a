"""Secret addresses of calendars, and calendars themselves (RFC 5545): pure functions.

An address is derived, by the key of codes, kept outside the database, from its row and a counter: it can be
shown again, is renewed by the counter, and no copy of the database gives it away.
"""

import base64
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings

LINE = 75  # octets, the end of the line left out
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Event:
    """A day of a calendar: `key` is the same for all its life."""

    key: UUID
    day: date
    title: str
    text: str
    changed_at: datetime
    url: str = ""


def token_of(calendar: UUID, counter: int) -> str:
    """What the address of a calendar holds: 26 letters and digits."""
    return base64.b32encode(_mac("token", f"{calendar}:{counter}")[:16]).decode().rstrip("=").lower()


def seal_of(token: str) -> str:
    """By what a calendar is found: the address's seal."""
    return _mac("seal", token).hex()


def written(events: Iterable[Event], *, name: str) -> bytes:
    """The calendar as bytes: lines folded at 75 octets, ended by CR LF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cartable//Cahier de textes//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A text as a value: commas, semicolons and ends of line told apart, other control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (each for each in plain if each == "\n" or (each >= " " and each != "\x7f"))
    return "".join(_ESCAPED.get(each, each) for each in kept)


def folded(line: str) -> Iterator[bytes]:
    """A line in pieces of 75 octets at most, none cut within a character; those that follow begin by a space."""
    piece, room = b"", LINE
    for character in line:
        told = character.encode()
        if len(piece) + len(told) > room:
            yield piece + b"\r\n"
            piece, room = b" ", LINE
        piece += told
    yield piece + b"\r\n"


def _event(event: Event) -> list[str]:
    stamp = event.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    told = [
        "BEGIN:VEVENT",
        f"UID:{event.key}@cartable",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.text:
        told.append(f"DESCRIPTION:{escaped(event.text)}")
    if event.url:
        told.append(f"URL:{event.url}")
    return [*told, "END:VEVENT"]


def _mac(what: str, told: str) -> bytes:
    return hmac.new(
        settings.CARTABLE_CODE_KEY.encode(), f"homework-calendar:{what}:{told}".encode(), sha256
    ).digest()
