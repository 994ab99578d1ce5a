"""Pure rules of the cahier de textes: who sees an entry, who changes it; weeks; the colour of a subject."""

from datetime import date, timedelta

from notebooks.enums import Stage
from sharing.enums import Role

WEEK = timedelta(days=7)
SCHOOL_DAYS = 5
# How far one looks for the homework of tonight: the next day of school, a bridge included.
SOON = timedelta(days=6)
# A cover each, so that a child finds a subject by its colour; others take one by their letters.
COVERS = {
    "lecture": "blue",
    "francais": "blue",
    "grammaire": "blue",
    "conjugaison": "blue",
    "dictee": "violet",
    "orthographe": "violet",
    "vocabulaire": "violet",
    "poesie": "green",
    "ecriture": "green",
    "maths": "coral",
    "mathematiques": "coral",
    "calcul": "coral",
    "geometrie": "coral",
    "anglais": "orange",
    "langue vivante": "orange",
    "histoire": "yellow",
    "geographie": "yellow",
    "sciences": "teal",
    "emc": "slate",
    "piscine": "teal",
    "eps": "teal",
    "musique": "orange",
    "arts": "orange",
}
OTHERS = ("blue", "coral", "green", "violet", "orange", "teal")
SUBJECTS = (
    "Français",
    "Lecture",
    "Dictée",
    "Poésie",
    "Maths",
    "Anglais",
    "Histoire",
    "Géographie",
    "Sciences",
    "EMC",
    "Arts",
    "Musique",
    "EPS",
    "Piscine",
)


def sees(
    role: Role | int | None, *, stage: Stage | str, given_on: date, today: date, trashed: bool = False
) -> bool:
    """Who writes in a book sees all that stands in it; who reads it, what is published, from the day that it is
    given on. What was taken out of the book is for who may put it back."""
    if role is None:
        return False
    if trashed:
        return role >= Role.CONTRIBUTE
    return role >= Role.CONTRIBUTE or (stage == Stage.PUBLISHED and given_on <= today)


def changes(role: Role | int | None, *, own: bool) -> bool:
    """Who manages the book changes every entry; who contributes, their own."""
    return role is not None and (role >= Role.MANAGE or (own and role >= Role.CONTRIBUTE))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(monday: date, *, more: bool = False) -> list[date]:
    """The days of a week of school; with Saturday and Sunday where something is due then."""
    return [monday + timedelta(days=n) for n in range(7 if more else SCHOOL_DAYS)]


def next_weekday(day: date) -> date:
    """The first day after this one that is not of a week-end."""
    following = day + timedelta(days=1)
    return following if following.weekday() < SCHOOL_DAYS else monday_of(following) + WEEK


def cover_of(subject: str, folded: str) -> str:
    """The colour of a subject, the same for all who read it."""
    if not subject:
        return "slate"
    return COVERS.get(folded) or OTHERS[sum(map(ord, folded)) % len(OTHERS)]
