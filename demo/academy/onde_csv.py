"""One school's people as its director downloads them from ONDE: three CSV files.

Windows-1252, semicolons, CRLF; pupils and teachers quoted where a cell holds something, relatives
not. Columns of the pupils' file are those of the present export (`today`: INE, `Libellé classe`) or
of former ones (`older`: `Classe`, no INE).
"""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal

from demo.academy.contact import contact
from demo.academy.dice import Dice
from demo.academy.levels import CYCLES
from demo.academy.model import Family, Function, Pupil, Relative, School
from demo.academy.records import staff_mail
from demo.academy.world import World

type Layout = Literal["today", "older"]
LAYOUTS: tuple[Layout, ...] = ("today", "older")
ENCODING = "cp1252"
PUPILS_FILE = "CSVExtraction-eleves.csv"
RELATIVES_FILE = "CSVExtraction-responsables.csv"
TEACHERS_FILE = "CSVExtraction-enseignants.csv"

_TODAY = (
    "Nom élève",
    "Nom d'usage élève",
    "Prénom élève",
    "Prénom 2",
    "Prénom 3",
    "Date naissance",
    "Commune naissance",
    "Sexe",
    "INE",
    "Adresse",
    "Cp",
    "Commune",
    "Pays",
    " Cycle",
    "Niveau",
    "Identifiant classe",
    "Libellé classe",
    "Date inscription",
    "État",
    "Attestation fournie",
    "Autorisations associations",
    "Autorisations photos",
)
_OLDER = (
    "Nom Elève",
    "Nom d'usage Elève",
    "Prénom Elève",
    "Date naissance",
    "Sexe",
    "Adresse1",
    "Cp1",
    "Commune1",
    "Pays1",
    "Adresse2",
    "Cp2",
    "Commune2",
    "Pays2",
    " Cycle",
    "Niveau",
    "Classe",
    "Attestation fournie",
    "Autorisations associations",
    "Autorisations photos",
    "Décision de passage",
)
_RELATIVES = (
    "Civilité Responsable",
    "Nom usage responsable",
    "Nom responsable",
    "Prénom responsable",
    "Adresse responsable",
    "CP responsable",
    "Commune responsable",
    "Pays",
    "Courriel",
    "Téléphone domicile",
    "Téléphone travail",
    "Téléphone portable",
)
_CHILD = ("Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants")
_TEACHERS = (
    "Civilité",
    "Nom usage",
    "Nom",
    "Prénom",
    "Adresse",
    "CP",
    "Commune",
    "Pays",
    "Courriel",
    "Téléphone domicile",
    "Téléphone portable",
    "Directeur",
    "Classe",
)
_CHILDREN_LEAST = 3

type Row = tuple[str, ...]


def write_school(world: World, school: School, folder: Path, *, layout: Layout = "today") -> dict[str, Any]:
    """Writes the three files and returns what they hold: counts, and pupils without INE."""
    pupils = sorted(
        (pupil for school_class in school.classes for pupil in school_class.pupils),
        key=lambda pupil: (pupil.birth_name, pupil.first_name, pupil.number),
    )
    families = [
        (world.families[number], [pupil for pupil in pupils if pupil.family == number])
        for number in sorted({pupil.family for pupil in pupils})
    ]
    relatives = sorted(
        ((relative, family, children) for family, children in families for relative in family.relatives),
        key=lambda one: (one[0].birth_name, one[0].first_name, one[0].number),
    )
    teachers = _teacher_rows(world, school)
    widest = max([_CHILDREN_LEAST, *(len(children) for _, children in families)])
    pupil_row = _pupil_today if layout == "today" else _pupil_older
    _write(
        folder / PUPILS_FILE,
        _TODAY if layout == "today" else _OLDER,
        (pupil_row(world, pupil) for pupil in pupils),
        quoting=csv.QUOTE_NOTNULL,
    )
    _write(
        folder / RELATIVES_FILE,
        (*_RELATIVES, *_CHILD * widest),
        (_relative_row(world, *one, widest) for one in relatives),
        quoting=csv.QUOTE_MINIMAL,
    )
    _write(folder / TEACHERS_FILE, _TEACHERS, teachers, quoting=csv.QUOTE_NOTNULL)
    return {
        "school": school.uai,
        "name": f"{school.type_label} {school.name}",
        "year": world.year,
        "layout": layout,
        "counts": {
            "classes": len(school.classes),
            "pupils": len(pupils),
            "pupils_without_ine": sum(not pupil.ine for pupil in pupils)
            if layout == "today"
            else len(pupils),
            "relatives": len(relatives),
            "teachers": len(teachers),
            "ties": sum(len(children) for _, _, children in relatives),
        },
    }


def _write(path: Path, header: Row, rows: Iterable[Row], *, quoting: Literal[0, 5]) -> None:
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n", quoting=quoting)
        writer.writerow(header)
        writer.writerows([cell or None for cell in row] for row in rows)


def _pupil_today(world: World, pupil: Pupil) -> Row:
    school_class = pupil.school_class
    assert school_class is not None
    family = world.families[pupil.family]
    street, postal_code, town, country = _address(world, family, family.relatives[0])
    insured, associations, photos = _papers(world, pupil)
    return (
        pupil.birth_name,
        _use(pupil.last_name, pupil.birth_name),
        pupil.first_name,
        pupil.other_name,
        "",
        date.fromordinal(pupil.born).isoformat(),
        town,
        "F" if pupil.girl else "H",
        pupil.ine,
        street,
        postal_code,
        town,
        country,
        CYCLES[pupil.level],
        "ULIS" if school_class.ulis else pupil.level.name,
        school_class.key.removeprefix("C").lstrip("0"),
        school_class.label,
        f"{pupil.entered}-09-01",
        "ADMIS DÉFINITIF",
        insured,
        associations,
        photos,
    )


def _pupil_older(world: World, pupil: Pupil) -> Row:
    school_class = pupil.school_class
    assert school_class is not None
    family = world.families[pupil.family]
    other = next((r for r in family.relatives if r.rank > 0 and r.legal and family.apart), None)
    return (
        pupil.birth_name,
        _use(pupil.last_name, pupil.birth_name),
        pupil.first_name,
        date.fromordinal(pupil.born).isoformat(),
        "F" if pupil.girl else "H",
        *_address(world, family, family.relatives[0]),
        *(_address(world, family, other) if other else ("", "", "", "")),
        CYCLES[pupil.level],
        "ULIS" if school_class.ulis else pupil.level.name,
        school_class.label,
        *_papers(world, pupil),
        "",
    )


def _relative_row(
    world: World, relative: Relative, family: Family, children: list[Pupil], widest: int
) -> Row:
    reach = contact(world.recipe.seed, world.sectors, family, relative)
    cells = [
        "Mme" if relative.woman else "M.",
        _use(relative.last_name, relative.birth_name),
        relative.birth_name,
        relative.first_name,
        *_address(world, family, relative),
        reach.email,
        reach.home_phone,
        reach.work_phone,
        reach.mobile_phone,
    ]
    for child in children:
        assert child.school_class is not None
        use = _use(child.last_name, child.birth_name)
        cells += [use, child.birth_name, child.first_name, child.school_class.label]
    return (*cells, *[""] * (len(_CHILD) * (widest - len(children))))


def _teacher_rows(world: World, school: School) -> list[Row]:
    """Those who teach or direct here, with the class that is theirs; aides are not in the file."""
    rows = []
    for staff in world.staff.values():
        function = staff.posts.get(school.index)
        if function is None or function is Function.AIDE:
            continue
        label = next((c.label for c in school.classes if staff.number in c.teachers), "")
        rows.append(
            (
                "MME" if staff.woman else "M.",
                _use(staff.last_name, staff.birth_name),
                staff.birth_name,
                staff.first_name,
                *("",) * 4,
                staff_mail(staff),
                "",
                "",
                "oui" if function is Function.HEAD else "non",
                label,
            )
        )
    return sorted(rows, key=lambda row: row[2:4])


def _address(world: World, family: Family, relative: Relative) -> tuple[str, str, str, str]:
    reach = contact(world.recipe.seed, world.sectors, family, relative)
    return " ".join(reach.street), reach.town.postal_code, reach.town.name, "FRANCE"


def _papers(world: World, pupil: Pupil) -> tuple[str, str, str]:
    """Insurance handed in, associations and photographs allowed: Oui or Non."""
    dice = Dice(world.recipe.seed, "papers", pupil.number)
    insured, associations, photos = (dice.chance(share) for share in (0.9, 0.7, 0.8))
    return _yes(insured), _yes(associations), _yes(photos)


def _yes(said: bool) -> str:
    return "Oui" if said else "Non"


def _use(name: str, birth_name: str) -> str:
    return name if name != birth_name else ""
