"""Why two accounts look like one person's: a pure rule over what is known of the two. Its twin, for a whole
scope, is `directory.querysets.duplicates`."""

import re
from dataclasses import dataclass

from django.db import models

from accounts.enums import Profile
from accounts.models import User

ADULTS = frozenset({Profile.RELATIVE, Profile.TEACHER, Profile.STAFF, Profile.GUEST})
NOBODY: frozenset[int] = frozenset()
_NOT_DIGITS = re.compile(r"\D")


class Reason(models.TextChoices):
    """What two accounts have in common."""

    INE = "ine", "même INE"
    BIRTH = "birth", "mêmes noms et même date de naissance"
    MAIL = "mail", "mêmes noms et même adresse de courriel"
    MOBILE = "mobile", "mêmes noms et même téléphone portable"
    CHILD = "child", "mêmes noms et un enfant en commun"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two accounts and why they look like one person's."""

    first: User
    second: User
    reasons: tuple[Reason, ...]


def reasons(
    one: User, other: User, *, children: frozenset[int] = NOBODY, others: frozenset[int] = NOBODY
) -> tuple[Reason, ...]:
    """What says that two accounts are one person's; nothing where something says that they are not: another
    profile, another INE, another birth date. `children`, `others` are those of the two, for relatives."""
    if one.pk == other.pk or one.profile != other.profile or _contradict(one, other):
        return ()
    found = []
    if one.ine and one.ine == other.ine:
        found.append(Reason.INE)
    if one.sort_name == other.sort_name:
        if one.birth_date is not None and one.birth_date == other.birth_date:
            found.append(Reason.BIRTH)
        if one.profile in ADULTS:
            if one.contact_email and one.contact_email.lower() == other.contact_email.lower():
                found.append(Reason.MAIL)
            if digits(one.mobile_phone) and digits(one.mobile_phone) == digits(other.mobile_phone):
                found.append(Reason.MOBILE)
            if children & others:
                found.append(Reason.CHILD)
    return tuple(found)


def kept_first(one: User, other: User) -> tuple[User, User]:
    """Which of two to keep unless told otherwise, then the one to absorb: that which a feed states, which is
    in use, which is not absent, the older."""

    def worth(person: User) -> tuple[bool, bool, bool, bool, int]:
        return (
            person.joining_key is not None,
            person.source != "MANUAL",
            person.activated_at is not None,
            person.absent_since is None,
            -person.pk,
        )

    return (one, other) if worth(one) >= worth(other) else (other, one)


def digits(phone: str) -> str:
    """A telephone number as it is compared."""
    return _NOT_DIGITS.sub("", phone)


def _contradict(one: User, other: User) -> bool:
    ine = bool(one.ine and other.ine) and one.ine != other.ine
    return ine or bool(one.birth_date and other.birth_date and one.birth_date != other.birth_date)
