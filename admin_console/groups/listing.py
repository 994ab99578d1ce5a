"""The list of groups: its filters as the address bears them, and a cursor that stays right as groups come."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.enums import Profile
from admin_console.groups.words import MARKS
from admin_console.place import PARAMETER, Place
from core.text import uuid_of
from directory.labels import MEMBERS
from directory.models import Group, SchoolClass
from sharing.group_upkeep import GroupFilters, Mark

PAGE = 40
AFTER = "suite"
TYPED = 80
KINDS = {"manuels": "manual", "scolarite": "scolarity"}
_KIND_WORDS = {"": "Tous", "manual": "Groupes manuels", "scolarity": "Groupes de scolarité"}
_MARKS = {"annees-passees": Mark.PAST, "inutilises": Mark.UNUSED, "departs": Mark.LEFT}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the list; unknown values are as none."""

    path: str
    place: Place
    filters: GroupFilters
    after: tuple[int, str, int] | None = None

    def address(self, **changed: str) -> str:
        """The list with these filters, but for what is changed; the cursor goes."""
        told = replace(self.filters, **changed)
        values = {
            PARAMETER: str(self.place.school.uuid) if self.place.several and self.place.school else "",
            "genre": _key(KINDS, told.kind),
            "classe": told.school_class,
            "profil": told.profile,
            "marque": _key(_MARKS, told.mark),
            "q": told.typed,
        }
        kept = {name: value for name, value in values.items() if value}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def next_url(self, last: Group) -> str:
        token = base64.urlsafe_b64encode(json.dumps([last.rank, last.sort, last.pk]).encode()).decode()  # type: ignore[attr-defined]
        here = self.address()
        return f"{here}{'&' if '?' in here else '?'}{AFTER}={token}"

    @property
    def kinds(self) -> list[dict[str, Any]]:
        return [
            {"label": word, "url": self.address(kind=kind), "current": kind == self.filters.kind}
            for kind, word in _KIND_WORDS.items()
        ]

    @property
    def profiles(self) -> list[dict[str, Any]]:
        choices = {"": "Tous les profils"} | {profile.value: word for profile, word in MEMBERS.items()}
        return [
            {"label": word, "url": self.address(profile=key), "current": key == self.filters.profile}
            for key, word in choices.items()
        ]

    @property
    def marks(self) -> list[dict[str, Any]]:
        choices = {"": "Tous les groupes"} | {mark.value: MARKS[mark] for mark in Mark}
        return [
            {"label": word, "url": self.address(mark=key), "current": key == self.filters.mark}
            for key, word in choices.items()
        ]

    def classes(self, found: Sequence[SchoolClass]) -> list[dict[str, Any]]:
        choices = {"": "Toutes les classes"} | {str(each.uuid): each.label for each in found}
        return [
            {
                "label": word,
                "url": self.address(school_class=key),
                "current": key == self.filters.school_class,
            }
            for key, word in choices.items()
        ]


def chosen(choices: list[dict[str, Any]]) -> str:
    """The words of what is chosen; '' for the first, which is all."""
    return next((each["label"] for each in choices[1:] if each["current"]), "")


def asked_of(request: HttpRequest, place: Place) -> Asked:
    query = request.GET
    school_class = uuid_of(query.get("classe"))
    profile = query.get("profil", "")
    filters = GroupFilters(
        kind=KINDS.get(query.get("genre", ""), ""),
        school_class=str(school_class) if school_class else "",
        profile=profile if profile in Profile.values else "",
        mark=_MARKS.get(query.get("marque", ""), ""),
        typed=query.get("q", "").strip()[:TYPED],
    )
    return Asked(request.path, place, filters, _cursor(query.get(AFTER, "")))


def page_of(groups: QuerySet[Group], asked: Asked) -> tuple[list[Group], bool]:
    """The groups at the cursor, and whether there are more. One query."""
    if asked.after is not None:
        rank, sort, key = asked.after
        groups = groups.filter(
            Q(rank__gt=rank) | Q(rank=rank, sort__gt=sort) | Q(rank=rank, sort=sort, pk__gt=key)
        )
    found = list(groups[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def _cursor(token: str) -> tuple[int, str, int] | None:
    """Where a list goes on; None where the address was made up."""
    try:
        rank, sort, key = json.loads(base64.urlsafe_b64decode(token.encode()))
        sort.encode()  # half a character is no name
        if "\0" in sort or not 0 <= key < 2**63 or not 0 <= rank < 10:
            return None
        return int(rank), str(sort), int(key)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _key(words: dict[str, Any], value: str) -> str:
    return next((key for key, each in words.items() if value and each == value), "")
