"""The columns of ONDE's three files, by every name that exports gave them; never by their position."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.text import squash
from feeds.read.codes import SetCode
from feeds.read.errors import UnreadableSet
from feeds.read.rows import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """A field and the headers that it goes by, the preferred first; `names` are the same, squashed."""

    field: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    needed: bool = False


def _column(field: str, *labels: str, needed: bool = False) -> Column:
    return Column(field, labels, tuple(squash(label) for label in labels), needed)


_ADDRESS = (
    _column("address", "Adresse1", "Adresse", "Adresse élève", "Adresse responsable"),
    _column(
        "postal_code", "Cp1", "CP", "Code postal", "CP responsable", "Cp élève", "Code postal responsable"
    ),
    _column("city", "Commune1", "Commune", "Commune responsable", "Ville"),
    _column("country", "Pays1", "Pays", "Pays responsable"),
)
_REACHED = (
    _column("email", "Courriel", "Courriel responsable", "Mail", "Email", "Adresse électronique"),
    _column("home_phone", "Téléphone domicile"),
    _column("work_phone", "Téléphone travail"),
    _column("mobile_phone", "Téléphone portable", "Téléphone mobile"),
)
COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.PUPIL: (
        _column("family_name", "Nom élève", "Nom", "Nom de famille élève", "Nom de famille", "Nom de naissance élève",
                "Nom de naissance", needed=True),
        _column("use_name", "Nom d’usage élève", "Nom usage élève", "Nom d’usage", "Nom usage"),
        _column("first_name", "Prénom élève", "Prénom", "Prénom 1", "Prénom 1 élève", needed=True),
        _column("second_name", "Prénom 2", "Prénom 2 élève"),
        _column("third_name", "Prénom 3", "Prénom 3 élève"),
        _column("birth_date", "Date naissance", "Date de naissance", "Date naissance élève",
                "Date de naissance élève", needed=True),
        _column("class_label", "Libellé classe", "Classe", "Libellé de la classe", "Classe élève", needed=True),
        _column("ine", "INE", "INE élève", "Numéro INE"),
        _column("level", "Niveau", "Niveau élève"),
        _column("photos", "Autorisations photos", "Autorisation photos", "Autorisation photo"),
        *_ADDRESS,
    ),
    Kind.RELATIVE: (
        _column("civility", "Civilité responsable", "Civilité"),
        _column("use_name", "Nom usage responsable", "Nom d’usage responsable"),
        _column("family_name", "Nom responsable", "Nom de famille responsable", "Nom de naissance responsable",
                needed=True),
        _column("first_name", "Prénom responsable", needed=True),
        *_ADDRESS,
        *_REACHED,
    ),
    Kind.STAFF: (
        _column("civility", "Civilité", "Civilité enseignant"),
        _column("use_name", "Nom usage", "Nom d’usage", "Nom usage enseignant", "Nom d’usage enseignant"),
        _column("family_name", "Nom", "Nom enseignant", "Nom de famille", needed=True),
        _column("first_name", "Prénom", "Prénom enseignant", needed=True),
        _column("is_head", "Directeur", "Directrice", "Directeur d’école"),
        _column("class_label", "Classe", "Libellé classe", "Classe enseignant"),
        *_ADDRESS,
        *_REACHED,
    ),
}  # fmt: skip
#: The four columns that a relative's row repeats for each child.
CHILD_COLUMNS = (
    _column("use_name", "Nom d’usage enfant", "Nom usage enfant"),
    _column("last_name", "Nom de famille enfant", "Nom enfant", "Nom de naissance enfant", needed=True),
    _column("first_name", "Prénom enfant", needed=True),
    _column(
        "class_label",
        "Classes enfants",
        "Classe enfant",
        "Classes enfant",
        "Classe enfants",
        "Libellé classe enfant",
    ),
)
#: Columns of every export that say nothing to us: not worth a line in the report.
KNOWN_UNUSED = frozenset(
    squash(label)
    for label in ("Sexe", "Sexe élève", "Cycle", "Attestation fournie", "Autorisations associations",
                  "Décision de passage", "Adresse2", "Cp2", "Commune2", "Pays2")
)  # fmt: skip
_RANK = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field of a file is: `fields` field → index, `children` one such map per repeated block."""

    fields: dict[str, int]
    children: tuple[dict[str, int], ...]
    found: tuple[str, ...]
    sought: tuple[str, ...]
    unused: tuple[str, ...]


def kind_of(file_name: str, headers: Iterable[str]) -> Kind | None:
    """Which of the three files it is, by its name, else by its headers."""
    name = squash(file_name)
    for word, kind in (("responsable", Kind.RELATIVE), ("enseignant", Kind.STAFF), ("eleve", Kind.PUPIL)):
        if word in name:
            return kind
    squashed = {squash(header) for header in headers}
    if squashed & set(_names(Kind.RELATIVE, "first_name")):
        return Kind.RELATIVE
    if squashed & set(_names(Kind.STAFF, "is_head")):
        return Kind.STAFF
    if squashed & set(_names(Kind.PUPIL, "birth_date")):
        return Kind.PUPIL
    return None


def _names(kind: Kind, field: str) -> tuple[str, ...]:
    return next(column.names for column in COLUMNS[kind] if column.field == field)


def find_columns(kind: Kind, headers: tuple[str, ...], *, file: str, line: int) -> Layout:
    """The layout of a file's headers. Raises UnreadableSet for a needed column that no name matches."""
    squashed = [squash(header) for header in headers]
    fields: dict[str, int] = {}
    taken: set[int] = set()
    for column in COLUMNS[kind]:
        for name in column.names:
            if name in squashed:
                at = squashed.index(name)
                if at not in taken:
                    fields[column.field] = at
                    taken.add(at)
                    break
    children = _child_blocks(squashed) if kind is Kind.RELATIVE else []
    for block in children:
        taken.update(block.values())
    named = tuple(header for header in headers if header)
    wanted = [column for column in COLUMNS[kind] if column.needed and column.field not in fields]
    if kind is Kind.RELATIVE and not any("first_name" in block for block in children):
        wanted.append(CHILD_COLUMNS[2])
    if wanted:
        raise _missing(wanted, named, file=file, line=line)
    unused = [
        headers[at]
        for at, name in enumerate(squashed)
        if name and at not in taken and name not in KNOWN_UNUSED
    ]
    return Layout(
        fields=fields,
        children=tuple(block for block in children if "first_name" in block),
        found=named,
        sought=tuple(column.labels[0] for column in COLUMNS[kind]),
        unused=tuple(dict.fromkeys(unused)),
    )


def _child_blocks(squashed: list[str]) -> list[dict[str, int]]:
    """A block begins anew each time one of its columns comes again."""
    blocks: list[dict[str, int]] = []
    for at, name in enumerate(squashed):
        bare = _RANK.sub("", name)
        field = next((column.field for column in CHILD_COLUMNS if bare in column.names), None)
        if field is None:
            continue
        if not blocks or field in blocks[-1]:
            blocks.append({})
        blocks[-1][field] = at
    return blocks


def _missing(wanted: list[Column], named: tuple[str, ...], *, file: str, line: int) -> UnreadableSet:
    sought = ", ".join(_asked(column) for column in wanted)
    found = ", ".join(f"« {name} »" for name in named[:40])
    subject, verb = ("La colonne", "manque") if len(wanted) == 1 else ("Les colonnes", "manquent")
    return UnreadableSet(
        SetCode.COLUMN_MISSING,
        f"{subject} {sought} {verb} dans « {file} ». Colonnes trouvées : {found}.",
        remedy="Refaites l’extraction dans ONDE avec toutes ses colonnes, puis renvoyez le fichier.",
        file=file,
        line=line,
        sought=[column.labels[0] for column in wanted],
        found=list(named),
    )


def _asked(column: Column) -> str:
    """« Libellé classe » (ou « Classe »)."""
    other = f" (ou « {column.labels[1]} »)" if len(column.labels) > 1 else ""
    return f"« {column.labels[0]} »{other}"
