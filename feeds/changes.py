"""Rows of a plan in French: which field, from what, to what; classes and schools by their label."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.enums import JoiningKind, Profile, Source
from directory.models import SchoolClass
from feeds.models import PlanRow
from schools.models import Academy, School
from ui.french import day_year, listed

WORDS = {
    "first_name": "Prénom",
    "last_name": "Nom",
    "birth_name": "Nom de naissance",
    "other_first_names": "Autres prénoms",
    "civility": "Civilité",
    "birth_date": "Date de naissance",
    "email": "Courriel",
    "home_phone": "Téléphone du domicile",
    "work_phone": "Téléphone professionnel",
    "mobile_phone": "Téléphone portable",
    "address": "Adresse",
    "postal_code": "Code postal",
    "city": "Commune",
    "country": "Pays",
    "ine": "INE",
    "academy_id": "Académie",
    "joining_kind": "Sorte de clé",
    "joining_key": "Clé de jointure",
    "source": "Source",
    "profile": "Profil",
    "schools": "École",
    "classes": "Classe",
    "label": "Libellé",
    "year": "Année scolaire",
    "rank": "Ordre de contact",
    "tie_kind": "Lien",
    "legal": "Responsable légal",
    "contact": "Contact prioritaire",
    "payer": "Payeur",
}
CHOICES: dict[str, Any] = {"source": Source, "profile": Profile, "joining_kind": JoiningKind}
NOTHING = "rien"


@dataclass(frozen=True, slots=True)
class Change:
    """One field: its French name, its values before and after in words."""

    field: str
    word: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a plan as people read it."""

    row: PlanRow
    school: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of what rows name by key; those that a dry run would have made are unknown."""

    schools: dict[int, str]
    classes: dict[int, str]
    academies: dict[int, str]


def tell(rows: Sequence[PlanRow]) -> list[ToldRow]:
    """The rows in the same order. Three queries at most."""
    labels = labels_of(rows)
    return [
        ToldRow(row, labels.schools.get(row.school_id or 0, ""), list(changes_of(row, labels)))
        for row in rows
    ]


def labels_of(rows: Iterable[PlanRow]) -> Labels:
    """The names of every school, class and academy that the rows name."""
    schools: set[int] = set()
    classes: set[int] = set()
    academies: set[int] = set()
    for row in rows:
        if row.school_id is not None:
            schools.add(row.school_id)
        for values in (row.before or {}, row.after or {}):
            schools.update(values.get("schools") or [])
            classes.update(values.get("classes") or [])
            if values.get("academy_id") is not None:
                academies.add(values["academy_id"])
    return Labels(
        dict(School.objects.filter(pk__in=schools).values_list("pk", "name")) if schools else {},
        dict(SchoolClass.objects.filter(pk__in=classes).values_list("pk", "label")) if classes else {},
        dict(Academy.objects.filter(pk__in=academies).values_list("pk", "name")) if academies else {},
    )


def changes_of(row: PlanRow, labels: Labels) -> Iterable[Change]:
    """The fields of a row in the order of `WORDS`; what stays the same is left out."""
    before, after = row.before or {}, row.after or {}
    for field, word in WORDS.items():
        if (field in before or field in after) and before.get(field) != after.get(field):
            yield Change(field, word, in_words(field, before.get(field), labels),
                         in_words(field, after.get(field), labels))  # fmt: skip


def in_words(field: str, value: Any, labels: Labels) -> str:
    """A value as people read it; « rien » where there is none."""
    if value in (None, "", []):
        return NOTHING
    if field == "schools":
        return listed([labels.schools.get(pk, "une nouvelle école") for pk in value])
    if field == "classes":
        return listed([labels.classes.get(pk, "une nouvelle classe") for pk in value])
    if field == "academy_id":
        return labels.academies.get(value, "une autre académie")
    if field == "birth_date":
        return day_year(date.fromisoformat(value))
    if field == "year":
        return f"{value}-{value + 1}"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if field in CHOICES and value in CHOICES[field].values:
        return str(CHOICES[field](value).label)
    return str(value)
