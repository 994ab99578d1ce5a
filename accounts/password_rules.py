"""Which passwords hold, by profile: bearable for a six-year-old, strong for staff.

Pupils are guarded by the limits on guessing; adults who hold others' data choose twelve characters, or
eight of every kind.
"""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator

from accounts.enums import Profile
from accounts.rules import login_base
from core.text import squash

LONGEST = 256
PUPIL_LENGTH = 4
RELATIVE_LENGTH = 8
STAFF_LENGTH = 12
STAFF_MIXED_LENGTH = 8

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop", "qwertyuiop", "qsdfghjklm", "wxcvbn")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose password it is to be."""

    profile: Profile
    username: str
    first_name: str
    last_name: str


def wanted(profile: Profile) -> str:
    """What the page asks for, before anything is typed."""
    if profile == Profile.PUPIL:
        return "Au moins 4 lettres ou chiffres, que personne d’autre ne connait."
    if profile in {Profile.TEACHER, Profile.STAFF}:
        return "Au moins 12 caractères ; ou 8, avec majuscule, minuscule, chiffre et signe."
    return "Au moins 8 caractères. Une petite phrase se retient bien."


def problems(password: str, owner: Owner) -> list[str]:
    """Why this password does not hold, in sentences for its owner (pupils: tu); empty when it does."""
    tu = owner.profile == Profile.PUPIL
    if len(password) > LONGEST:
        return ["C’est trop long."]
    found = [_too_short(password, owner.profile)]
    if _is_own_name(password, owner):
        found.append("Ne prends pas ton nom." if tu else "N’utilisez ni votre nom ni votre identifiant.")
    elif _is_a_row(password):
        found.append("C’est trop facile à deviner." if tu else "Cette suite est trop facile à deviner.")
    elif not tu and password.lower().strip() in _common():
        found.append("Ce mot de passe est trop courant : des listes le contiennent.")
    return [sentence for sentence in found if sentence]


def _too_short(password: str, profile: Profile) -> str:
    if profile == Profile.PUPIL:
        return "" if len(password) >= PUPIL_LENGTH else "Il faut au moins 4 lettres ou chiffres."
    if profile in {Profile.TEACHER, Profile.STAFF}:
        long = len(password) >= STAFF_LENGTH
        mixed = len(password) >= STAFF_MIXED_LENGTH and _kinds(password) == 4
        return "" if long or mixed else wanted(profile)
    return "" if len(password) >= RELATIVE_LENGTH else "Il faut au moins 8 caractères."


def _kinds(password: str) -> int:
    """How many of upper, lower, digit and sign are in it."""
    upper = any(c.isupper() for c in password)
    lower = any(c.islower() for c in password)
    digit = any(c.isdigit() for c in password)
    return upper + lower + digit + any(not c.isalnum() for c in password)


def _is_own_name(password: str, owner: Owner) -> bool:
    """The login, a name, or both names in any order, digits around them left out."""
    typed = squash(password).strip("0123456789")
    first, last = squash(owner.first_name), squash(owner.last_name)
    names = {squash(owner.username), squash(login_base(owner.first_name, owner.last_name))}
    names |= {first, last, first + last, last + first}
    return typed in {name.strip("0123456789") for name in names} - {""}


def _is_a_row(password: str) -> bool:
    """One character over and over, or a stretch of the alphabet, the digits or a keyboard's row."""
    low = password.lower()
    if len(set(low)) == 1:
        return True
    return any(low in row or low in row[::-1] for row in _ROWS)


@cache
def _common() -> frozenset[str]:
    """Django's list of twenty thousand common passwords."""
    return frozenset(CommonPasswordValidator().passwords)
