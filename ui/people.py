"""How anybody is drawn: the shape says the profile, initials the name. Takes persons as they come."""

from typing import Any

PROFILES = ("pupil", "relative", "teacher", "staff", "guest", "group")


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
