"""The records of an AAF 2D set, and what must come out of it; values are those of `records`, under other names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from demo.academy.colleges import Colleague, College, Colleges, Collegian, relative_key
from demo.academy.contact import contact, mail_name
from demo.academy.model import Family, Relative, Tie, ties
from demo.academy.records import KINDS, STAFF_KINDS, Record, Value

KEYS_LISTED_UP_TO = 5_000
MEF = {6: "10010012110", 5: "10110001110", 4: "10210001110", 3: "10310019110"}


def college_records(colleges: Colleges, kind: str) -> Iterator[Record]:
    """All the records of a kind."""
    if kind == "EtabEducNat":
        yield from (_college(colleges, college) for college in colleges.all)
    elif kind == "Eleve":
        yield from (_pupil(college, pupil) for college, pupil in colleges.pupils)
    elif kind == "PersRelEleve":
        for family, children in colleges.families().values():
            yield from (_relative(colleges, family, relative, children) for relative in family.relatives)
    else:
        yield from (_colleague(college, staff) for college in colleges.all for staff in college.staff)


def college_manifest(
    colleges: Colleges, *, day: date, files: dict[str, list[str]], staff_only: bool
) -> dict[str, Any]:
    """What is in the set, as JSON values in a fixed order; keys where they are few."""
    world, counts = colleges.world, _counts(colleges, staff_only=staff_only)
    told: dict[str, Any] = {
        "academy": {"name": world.recipe.academy, "code": world.recipe.academy_code},
        "degree": 2,
        "date": day.isoformat(),
        "year": world.year,
        "first_year": world.recipe.year,
        "seed": world.recipe.seed,
        "demo": world.recipe.showcase,
        "kinds": list(STAFF_KINDS if staff_only else KINDS),
        "files": files,
        "counts": counts,
    }
    if counts["records"] > KEYS_LISTED_UP_TO:
        return told
    told["schools"] = [
        {"key": one.key, "uai": one.uai, "name": f"COLLEGE {one.name}", "head": one.staff[0].key}
        | ({} if staff_only else {"classes": one.labels, "pupils": len(one.pupils)})
        for one in colleges.all
    ]
    if not staff_only:
        told["former_pupils"] = {pupil.key: pupil.pupil.key for _, pupil in colleges.pupils}
        told["renumbered_relatives"] = {
            relative_key(relative): relative.key
            for family, _ in colleges.families().values()
            for relative in family.relatives
            if relative_key(relative) != relative.key
        }
    return told


def _counts(colleges: Colleges, *, staff_only: bool) -> dict[str, int]:
    staff = sum(len(college.staff) for college in colleges.all)
    told = {"schools": len(colleges.all), "staff": staff}
    if staff_only:
        return {**told, "records": len(colleges.all) + staff}
    pupils = [pupil for _, pupil in colleges.pupils]
    families = colleges.families().values()
    relatives = sum(len(family.relatives) for family, _ in families)
    return {
        **told,
        "classes": sum(len(college.labels) for college in colleges.all),
        "pupils": len(pupils),
        "relatives": relatives,
        "ties": sum(len(family.relatives) * len(children) for family, children in families),
        "pupils_without_ine": sum(not one.pupil.ine for one in pupils),
        "people": len(pupils) + relatives + staff,
        "records": len(pupils) + relatives + staff + len(colleges.all),
    }


def _college(colleges: Colleges, college: College) -> Record:
    recipe = colleges.world.recipe
    attributes: list[tuple[str, Value]] = [
        ("ENTStructureJointure", college.key),
        ("ENTStructureUAI", college.uai),
        ("ENTStructureSIREN", ""),
        ("ENTStructureNomCourant", f"COLLEGE${college.name}"),
        ("ENTStructureTypeStruct", "COLLEGE"),
        ("ENTEtablissementContrat", "PU"),
        ("ENTEtablissementMinistereTutelle", "MINISTERE DE L'EDUCATION NATIONALE"),
        ("street", college.street),
        ("postalCode", college.town.postal_code),
        ("l", college.town.name.upper()),
        ("telephoneNumber", college.phone),
        ("ENTServAcAcademie", recipe.academy),
        ("ENTServAcCodeAcademie", recipe.academy_code),
        ("ENTStructureClasses", [f"{label}$" for label in college.labels]),
        ("ENTStructureEmail", f"ce.{college.uai.lower()}@ac-example.invalid"),
    ]
    return Record("EtabEducNat", college.key, attributes)


def _pupil(college: College, one: Collegian) -> Record:
    pupil = one.pupil
    attributes: list[tuple[str, Value]] = [
        ("ENTPersonJointure", one.key),
        ("ENTEleveINE", pupil.ine),
        ("ENTPersonDateNaissance", _day(pupil.born)),
        ("sn", pupil.last_name),
        ("givenName", pupil.first_name),
        ("ENTPersonAutresPrenoms", pupil.other_name),
        ("ENTPersonNomPatro", pupil.birth_name),
        ("personalTitle", "Mlle" if pupil.girl else "M."),
        ("mail", ""),
        ("ENTElevePersRelEleve", [_tie(one.family, tie) for tie in ties(one.family)]),
        ("ENTPersonStructRattach", college.key),
        ("ENTEleveClasses", f"{college.key}${one.label}"),
        ("ENTEleveGroupes", ""),
        ("ENTEleveMEF", MEF[one.grade]),
        ("ENTEleveNivFormation", f"{one.grade}EME"),
    ]
    return Record("Eleve", one.key, attributes)


def _relative(colleges: Colleges, family: Family, relative: Relative, children: list[Collegian]) -> Record:
    world, key = colleges.world, relative_key(relative)
    reach = contact(world.recipe.seed, world.sectors, family, relative)
    attributes: list[tuple[str, Value]] = [
        ("ENTPersonJointure", key),
        ("ENTPersonDateNaissance", _day(relative.born)),
        ("sn", relative.last_name),
        ("givenName", relative.first_name),
        ("ENTPersonNomPatro", relative.birth_name),
        ("personalTitle", "Mme" if relative.woman else "M."),
        ("homePhone", reach.home_phone),
        ("telephoneNumber", reach.work_phone),
        ("mobile", reach.mobile_phone),
        ("ENTPersonAdresse", "$".join((*reach.street, "", ""))),
        ("ENTPersonCodePostal", reach.town.postal_code),
        ("ENTPersonVille", reach.town.name.upper()),
        ("ENTPersonPays", "FRANCE"),
        ("mail", reach.email),
        ("ENTPersRelEleveEleve", [child.key for child in children]),
    ]
    return Record("PersRelEleve", key, attributes)


def _colleague(college: College, staff: Colleague) -> Record:
    attributes: list[tuple[str, Value]] = [
        ("ENTPersonJointure", staff.key),
        ("ENTPersonDateNaissance", _day(staff.born)),
        ("sn", staff.last_name),
        ("givenName", staff.first_name),
        ("ENTPersonNomPatro", staff.last_name),
        ("personalTitle", "Mme" if staff.woman else "M."),
        ("mail", f"{mail_name(staff.first_name, staff.last_name)}.c{staff.number}@ac-example.invalid"),
        ("ENTPersonStructRattach", college.key),
        ("ENTPersonFonctions", f"{college.key}${staff.function}"),
    ]
    return Record("PersEducNat", staff.key, attributes)


def _tie(family: Family, tie: Tie) -> str:
    """Key, kind, payer, legal level, contact, lives with."""
    relative = next(one for one in family.relatives if one.key == tie.relative)
    lives_with = relative.rank == 0 or not family.apart
    level = relative.rank + 1 if tie.legal else 0
    return (
        f"{relative_key(relative)}${tie.kind}${int(tie.payer)}${level}${int(tie.contact)}${int(lives_with)}"
    )


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).strftime("%d/%m/%Y")
