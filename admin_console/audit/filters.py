"""What the log's address asks for, and its lines in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import User
from admin_console.audit.words import ACTS, KINDS, said, verbs_of
from admin_console.place import place_of
from core.models import AuditEntry
from core.text import uuid_of
from directory.models import Group
from directory.querysets import people_administered_by
from directory.querysets.audit import Asked
from directory.search import find_people
from schools.models import School
from ui.french import day_year, hour, moment_year

FOUND = 20
ISO = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+([+-]\d\d:\d\d|Z))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """`by` and `on` are what was typed as names; what the address says wrong is left aside."""

    by: str
    on: str
    kind: str
    since: date | None
    until: date | None

    @classmethod
    def read(cls, request: HttpRequest) -> "Filters":
        get = request.GET.get
        kind = get("genre", "")
        return cls(
            get("par", "").strip()[:80],
            get("sur", "").strip()[:80],
            kind if kind in KINDS else "",
            _day(get("du", "")),
            _day(get("au", "")),
        )

    @property
    def on_any(self) -> bool:
        return any((self.by, self.on, self.kind, self.since, self.until))

    def query(self, request: HttpRequest, **more: str) -> str:
        """The query of an address with these filters."""
        place = place_of(request)
        told = {
            "ecole": str(place.school.uuid) if place.several and place.school else "",
            "par": self.by,
            "sur": self.on,
            "genre": self.kind,
            "du": self.since.isoformat() if self.since else "",
            "au": self.until.isoformat() if self.until else "",
            **more,
        }
        kept = {key: value for key, value in told.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def asked(self, request: HttpRequest, me: User) -> Asked:
        """The question; a name that is nobody's finds nothing."""
        place = place_of(request)
        return Asked(
            actors=_named(me, self.by),
            subjects=_named(me, self.on),
            school=place.school.uuid if place.several and place.school else None,
            verbs=verbs_of(self.kind),
            since=self.since,
            until=self.until,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words."""

    entry: AuditEntry
    who: str
    said: str
    kind: str
    whom: str
    school: str
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]
    hour: str


def lines(entries: Sequence[AuditEntry]) -> list[Line]:
    """The entries in words. Three queries, whatever their number."""
    keys = {key for entry in entries for key in (entry.actor, entry.subject) if key}
    names: dict[UUID, str] = User.everyone.filter(uuid__in=keys).names() if keys else {}
    wanted = {key for entry in entries for key in (entry.school, entry.subject) if key}
    schools = dict(School.objects.filter(uuid__in=wanted).values_list("uuid", "name")) if wanted else {}
    groups = _groups({entry.subject for entry in entries if entry.verb.startswith("group.")})
    return [_line(entry, names, schools, groups) for entry in entries]


def _line(
    entry: AuditEntry, names: dict[UUID, str], schools: dict[UUID, str], groups: dict[UUID, str]
) -> Line:
    who = "Cartable" if entry.actor is None else names.get(entry.actor, "Compte supprimé depuis")
    whom = ""
    if entry.subject is not None:
        known = (names.get(entry.subject), groups.get(entry.subject), schools.get(entry.subject))
        whom = next((name for name in known if name), "")
    return Line(
        entry,
        who,
        said(entry.verb),
        ACTS[entry.verb].kind if entry.verb in ACTS else "",
        whom,
        schools.get(entry.school, "") if entry.school else "",
        told(entry.before),
        told(entry.after),
        hour(entry.at),
    )


def told(values: dict[str, Any] | None) -> list[tuple[str, str]]:
    """What an entry kept, a field a pair; empty ones are left out."""
    return [
        (_field(key), _value(value)) for key, value in (values or {}).items() if value not in (None, "", [])
    ]


def _field(key: str) -> str:
    """A field in words; a rule of communication, « RELATIVE>PUPIL », as « parents → élèves »."""
    who, arrow, whom = key.partition(">")
    if arrow:
        return f"{VALUES.get(who, who)} → {VALUES.get(whom, whom)}"
    return FIELDS.get(key, key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value) or "rien"
    if isinstance(value, dict):
        return ", ".join(f"{key} : {_value(each)}" for key, each in value.items())
    return "rien" if value is None else VALUES.get(str(value)) or _when(str(value)) or str(value)


def _when(text: str) -> str:
    """An instant, or a day, as people read it; '' for what is neither."""
    if not ISO.fullmatch(text):
        return ""
    instant = parse_datetime(text) if "T" in text else None
    if instant is not None:
        return moment_year(instant)
    day = _day(text)
    return day_year(day) if day is not None else ""


FIELDS = {
    "name": "nom",
    "title": "titre",
    "login": "identifiant",
    "profile": "profil",
    "people": "personnes",
    "reason": "motif",
    "message": "message",
    "message_profiles": "pour",
    "message_until": "jusqu’au",
    "starts_at": "à partir du",
    "ends_at": "jusqu’au",
    "until_turnover": "jusqu’à la rentrée",
    "scope": "étendue",
    "place": "lieu",
    "limit": "limite",
    "logo": "logo",
    "relatives": "entre parents",
    "quiet": "heures calmes",
    "quiet_from": "de",
    "quiet_until": "à",
    "quiet_weekends": "week-end",
    "class": "classe",
    "classes": "classes",
    "pupil": "élève",
    "legal": "responsable légal",
    "own_email": "courriel",
    "count": "nombre",
    "documents": "Espace documentaire",
    "role": "droit",
    "kind": "sorte",
    "version": "version",
}
VALUES = {
    "PUPIL": "élèves",
    "RELATIVE": "parents",
    "TEACHER": "enseignants",
    "STAFF": "personnels",
    "GUEST": "invités",
    "DIRECTION": "direction",
    "NOBODY": "non",
    "CLASS": "la classe",
    "SCHOOL": "école",
    "DISTRICT": "circonscription",
    "ACADEMY": "académie",
    "PLATFORM": "plateforme",
}


def _groups(keys: set[UUID | None]) -> dict[UUID, str]:
    wanted = [key for key in keys if key]
    if not wanted:
        return {}
    found = Group.objects.filter(uuid__in=wanted).select_related("school", "school_class")
    return {group.uuid: group.label for group in found}


def _named(me: User, typed: str) -> tuple[UUID, ...] | None:
    """The people whom a name may stand for: by their UUID, or as in every search. None where none is typed."""
    if not typed:
        return None
    key = uuid_of(typed)
    if key is not None:
        return (key,)
    administered = people_administered_by(me).order_by().values("pk")
    people = User.objects.filter(Q(pk__in=administered) | Q(pk=me.pk))
    return tuple(person.uuid for person in find_people(people, typed).people[:FOUND])


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None
