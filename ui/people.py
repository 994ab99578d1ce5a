"""How anybody is drawn: the shape says the profile, initials the name. Takes persons as they come."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PROFILES = ("pupil", "relative", "teacher", "staff", "guest", "group")


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody chose to be drawn: the address of a `photo`, or the name of a `drawing`; else initials."""

    photo: str = ""
    drawing: str = ""


_looks: dict[str, Callable[[Any], Look]] = {}


def draw_with(look: Callable[[Any], Look]) -> None:
    """Says who knows how people look; to be called in `ready()`. It asks nothing of the database: it is
    called for each person of a list."""
    _looks["look"] = look


def look_of(person: Any) -> Look:
    """How this person is drawn; by initials, where nobody knows better."""
    return _looks["look"](person) if "look" in _looks else Look()


def profile_key(person: Any) -> str:
    """The key of the shape: `pupil`, `relative`, `teacher`, `staff`, `guest` or `group`.

    Takes a person with a `profile` (an enumeration's member or its value), or the profile itself;
    what is unknown is drawn as a guest.
    """
    profile = getattr(person, "profile", person)
    name = getattr(profile, "name", profile)
    key = str(name).lower()
    return key if key in PROFILES else "guest"


def full_name(person: Any) -> str:
    """First name and name of use; a text is itself."""
    if isinstance(person, str):
        return person
    name = getattr(person, "full_name", None)
    if callable(name):
        name = name()
    return str(name or person)


def initials(name: str) -> str:
    """Two letters of a name: first and last word's first letters (« Anne-Lise Le Goff » gives AG)."""
    words = [word for word in name.replace("-", " ").replace("’", " ").split() if word[:1].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].capitalize()
    return (words[0][0] + words[-1][0]).upper()


def profile_label(person: Any) -> str:
    """The profile in words, with a capital (« Enseignant »), '' where it says none."""
    display = getattr(person, "get_profile_display", None)
    words = str(display()) if callable(display) else ""
    return words[:1].upper() + words[1:]
