"""The link of a class's sign-in sheet, and when its door is open: rules over what is known of it.

A link is derived by the key of codes, kept outside the database, from the sheet and a counter: it can be
shown again, is renewed by the counter, and dies with the sheet. Twelve signs, easy to type from the board.
"""

import hmac
from datetime import datetime, time, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.codes import ALPHABET

LENGTH = 12
GROUP = 4
OPENS, CLOSES = time(7), time(19)
SUNDAY = 6
# A session ends with the day of school, where the door has no hours.
SESSION = timedelta(hours=10)


def link_of(sheet: UUID, counter: int) -> str:
    """What the address of a sheet holds: twelve letters and digits that do not look alike."""
    rest = int.from_bytes(_mac("link", f"{sheet}:{counter}"))
    signs = []
    for _ in range(LENGTH):
        rest, index = divmod(rest, len(ALPHABET))
        signs.append(ALPHABET[index])
    return "".join(signs)


def printed(link: str) -> str:
    """As the board shows it: three groups of four."""
    return "-".join(link[i : i + GROUP] for i in range(0, len(link), GROUP))


def read(typed: str) -> str:
    """A typed link without case, spaces or hyphens; '' for what can be none."""
    bare = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""


def seal_of(link: str) -> str:
    """By what a sheet is found: the link's seal."""
    return _mac("seal", link).hex()


def is_open_at(instant: datetime, *, by_day: bool, zone: str) -> bool:
    """Whether the door is open at this instant: at any, or on days of school from 7 to 19."""
    local = instant.astimezone(ZoneInfo(zone))
    return not by_day or (local.weekday() != SUNDAY and OPENS <= local.time() < CLOSES)


def session_ends(instant: datetime, *, by_day: bool, zone: str) -> datetime:
    """When a session begun at this instant ends: with the hours of the door, ten hours later at most."""
    local = instant.astimezone(ZoneInfo(zone))
    evening = datetime.combine(local.date(), CLOSES, local.tzinfo)
    return min(evening, instant + SESSION) if by_day else instant + SESSION


def _mac(what: str, told: str) -> bytes:
    return hmac.new(
        settings.CARTABLE_CODE_KEY.encode(), f"class-sheet:{what}:{told}".encode(), sha256
    ).digest()
