"""Blocks, as a gate of accounts: who is kept out now, and the words for it."""

from collections.abc import Sequence
from typing import Any

from accounts.enums import Profile
from accounts.errors import Refusal
from accounts.models import User
from core import clock, sql
from ui.french import day

PROFILES = {
    Profile.TEACHER: "des enseignants",
    Profile.STAFF: "des personnels",
    Profile.PUPIL: "des élèves",
    Profile.RELATIVE: "des parents",
    Profile.GUEST: "des invités",
}


def blocked(people: Sequence[User]) -> dict[int, Refusal]:
    """The refusals among these people, by primary key. One query."""
    found: dict[int, Refusal] = {}
    by_key = {person.pk: person for person in people}
    rows = sql.called("directory_kept_out", list(by_key), clock.now())
    for row in rows:
        if row["person_id"] not in found or row["kind"] == "person":
            found[row["person_id"]] = _refusal(by_key[row["person_id"]], row)
    return found


def _refusal(person: User, row: dict[str, Any]) -> Refusal:
    until = f" Il rouvrira {day(row['ends_at'])}." if row["ends_at"] else ""
    pupil = person.profile == Profile.PUPIL
    if pupil:
        sentence = "Ton espace est fermé pour l’instant." + until
    elif row["kind"] == "person":
        sentence = "Votre compte est fermé pour l’instant." + until
    else:
        whose = PROFILES[Profile(person.profile)]
        sentence = f"L’espace {whose} est fermé pour l’instant ({row['school_name']})." + until
    return Refusal(f"blocked-{row['kind']}", sentence, row["message"], pupil)
