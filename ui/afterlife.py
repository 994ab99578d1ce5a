"""*Ce que deviennent mes contenus*: each room says of its own what is kept, what ends at the turn of the year, what can
be brought back and until when; the page only composes. Delays come from the rules and settings that apply them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.http import HttpRequest

from ui import applications
from ui.french import counted, unbroken
from ui.people import profile_key
from ui.registry import Registry


class Fate(StrEnum):
    """What becomes of a thing."""

    KEPT = "kept"
    ENDS = "ends"
    BACK = "back"

    @property
    def label(self) -> str:
        return {"kept": "Ce qui reste", "ends": "Ce qui prend fin", "back": "Ce que l’on peut reprendre"}[
            self
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence; `pupil` is the same in a pupil's words, '' where it does not concern them. `until`: how long, or
    till when, in a few words."""

    fate: Fate
    text: str
    pupil: str = ""
    until: str = ""


def _everybody(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An application, or what belongs to none. `key` is its application's (`ui.applications`, `sharing.kinds`);
    `lines` is called for each page, so that what it says follows the settings."""

    key: str
    order: int
    label: str
    icon: str
    cover: str
    lines: Callable[[], Sequence[Line]]
    predicate: Callable[[HttpRequest], bool] = _everybody


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as somebody reads it: by fate, what is said and until when."""

    entry: Entry
    parts: list[tuple[Fate, list[tuple[str, str]]]]


entries: Registry[Entry] = Registry()


def register(entry: Entry) -> None:
    """To be called in `ready()`."""
    entries.register(entry)


def days(delay: timedelta | int) -> str:
    """« 90 jours », « 1 heure », « 2 ans »: a delay as the page says it."""
    if isinstance(delay, int):
        return counted(delay, "jour")
    if delay < timedelta(days=1):
        return counted(int(delay.total_seconds() // 3600), "heure")
    years, left = divmod(delay.days, 365)
    return counted(delay.days, "jour") if left or not years else counted(years, "an")


def told(request: HttpRequest) -> list[Told]:
    """What concerns whoever is signed in, in order."""
    pupil, shut = profile_key(request.user) == "pupil", applications.closed(request)
    found = []
    for entry in entries:
        if applications.opens(entry.key, shut) and entry.predicate(request):
            parts = _parts(entry.lines(), pupil=pupil)
            if parts:
                found.append(Told(entry, parts))
    return found


def _parts(lines: Sequence[Line], *, pupil: bool) -> list[tuple[Fate, list[tuple[str, str]]]]:
    parts = []
    for fate in Fate:
        said = [
            (unbroken(line.pupil if pupil else line.text), unbroken(line.until))
            for line in lines
            if line.fate == fate and (line.pupil or not pupil)
        ]
        if said:
            parts.append((fate, said))
    return parts
