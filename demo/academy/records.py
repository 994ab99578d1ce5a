"""The records of an AAF 1D set: what each attribute says of a school, a pupil, a relative, a member of staff.

Names, order and composite values follow the format's annex; an empty value is written as such.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from demo.academy.contact import contact, mail_name
from demo.academy.dice import Dice
from demo.academy.levels import CYCLES, LEVEL_NAMES
from demo.academy.model import Family, Function, Pupil, Relative, School, Staff, Tie, ties
from demo.academy.world import World

KINDS = ("EtabEducNat", "Eleve", "PersRelEleve", "PersEducNat")
STAFF_KINDS = ("EtabEducNat", "PersEducNat")

# What says where a person belongs and to whom, rather than who they are.
RELATIONS = frozenset(
    {
        "ENTEleveAutoriteParentale",
        "ENTPersonStructRattach",
        "ENTPersonClasses",
        "ENTPersonGroupes",
        "ENTEleveNiveau",
        "ENTEleveCycle",
        "ENTEleveTypeClasse",
        "ENTEleveDateEntreeClasses",
        "ENTEleveDateSortieClasses",
        "ENTEleveDateEntreeStructRattach",
        "ENTEleveDateSortieStructRattach",
        "ENTEleveRestaurantScolaire",
        "ENTEleveTransport",
        "ENTEleveGarderieMatin",
        "ENTEleveGarderieSoir",
        "ENTEleveEtudesSurveillees",
        "ENTPersRelEleveEleve",
        "ENTPersonFonctions",
        "ENTEnsFonctionDir",
        "ENTPersonCategorieEnseignant",
    }
)

type Value = str | list[str]


class Record(NamedTuple):
    kind: str
    key: str
    attributes: list[tuple[str, Value]]


def records(world: World, kind: str) -> Iterator[Record]:
    """All the records of a kind, in order of key."""
    if kind == "EtabEducNat":
        yield from (school_record(world, school) for school in world.schools)
    elif kind == "Eleve":
        yield from (pupil_record(world, pupil) for pupil in world.pupils.values())
    elif kind == "PersRelEleve":
        for family in world.families.values():
            yield from (relative_record(world, family, relative) for relative in family.relatives)
    else:
        yield from (staff_record(world, staff) for staff in world.staff.values())


def school_record(world: World, school: School) -> Record:
    town = school.town.name.upper()
    attributes: list[tuple[str, Value]] = [
        ("ENTStructureJointure", school.key),
        ("ENTStructureUAI", school.uai),
        ("ENTStructureSIREN", ""),
        ("ENTStructureNomCourant", f"{school.type_label}${school.name}"),
        ("ENTStructureTypeStruct", school.type_label),
        ("ENTStructureCodeTypeStruct", school.type_code),
        ("ENTEcoleMinistereTutelle", "MINISTERE DE L'EDUCATION NATIONALE"),
        ("ENTEcoleCodeMinistereTutelle", "06"),
        ("ENTEtablissementContrat", "PR" if school.private else "PU"),
        ("ENTStructureBoitePostale", ""),
        ("ENTStructureAdresse", school.street),
        ("ENTStructureCodePostal", school.town.postal_code),
        ("ENTStructureVille", town),
        ("ENTStructureTelephone", school.phone),
        ("ENTStructureFax", ""),
        ("ENTServAcAcademie", world.recipe.academy),
        ("ENTServAcCodeAcademie", world.recipe.academy_code),
        ("ENTEcoleSecteur", ""),
        ("ENTEcoleCirconscription", school.district.key),
        ("ENTEcoleCommune", town),
        ("ENTEcoleRPI", ""),
        ("ENTStructureEmail", f"ce.{school.uai.lower()}@ac-example.invalid"),
    ]
    return Record("EtabEducNat", school.key, attributes)


def pupil_record(world: World, pupil: Pupil) -> Record:
    school = world.schools[pupil.school]
    school_class = pupil.school_class
    assert school_class is not None
    start, end = f"01/09/{world.year}", f"05/07/{world.year + 1}"
    level = "ULIS" if school_class.ulis else LEVEL_NAMES[pupil.level]
    group = f"{school.key}${start}${end}$G{school_class.key}-{pupil.level.name}$Groupe {pupil.level.name}"
    in_groups = school.index % 4 == 2 and not world.recipe.showcase
    attributes: list[tuple[str, Value]] = [
        ("ENTPersonJointure", pupil.key),
        ("ENTEleveINE", pupil.ine),
        ("ENTPersonDateNaissance", _day(pupil.born)),
        ("ENTPersonNom", pupil.last_name),
        ("ENTPersonPrenom", pupil.first_name),
        ("ENTPersonAutresPrenoms", pupil.other_name),
        ("ENTPersonNomPatro", pupil.birth_name),
        ("ENTPersonCivilite", "Mlle" if pupil.girl else "M."),
        ("ENTPersonMail", ""),
        ("ENTEleveAutoriteParentale", [_tie(tie) for tie in ties(world.families[pupil.family])]),
        ("ENTPersonStructRattach", school.key),
        ("ENTPersonClasses", f"{school.key}${start}${end}${school_class.key}${school_class.label}"),
        ("ENTPersonGroupes", group if in_groups else ""),
        ("ENTEleveNiveau", level),
        ("ENTEleveCycle", CYCLES[pupil.level]),
        ("ENTEleveTypeClasse", "ULIS" if school_class.ulis else "ORDINAIRE"),
        ("ENTEleveDateEntreeClasses", start),
        ("ENTEleveDateSortieClasses", end),
        ("ENTEleveDateEntreeStructRattach", f"01/09/{pupil.entered}"),
        ("ENTEleveDateSortieStructRattach", ""),
        *_services(world, pupil),
    ]
    return Record("Eleve", pupil.key, attributes)


def relative_record(world: World, family: Family, relative: Relative) -> Record:
    reach = contact(world.recipe.seed, world.sectors, family, relative)
    attributes: list[tuple[str, Value]] = [
        ("ENTPersonJointure", relative.key),
        ("ENTPersonDateNaissance", _day(relative.born)),
        ("ENTPersonNom", relative.last_name),
        ("ENTPersonPrenom", relative.first_name),
        ("ENTPersonNomPatro", relative.birth_name),
        ("ENTPersonAutresPrenoms", ""),
        ("ENTPersonCivilite", "Mme" if relative.woman else "M."),
        ("ENTPersonTelPerso", reach.home_phone),
        ("ENTPersRelEleveTelPro", reach.work_phone),
        ("ENTPersonAdresse", "$".join((*reach.street, "", ""))),
        ("ENTPersonCodePostal", reach.town.postal_code),
        ("ENTPersonVille", reach.town.name.upper()),
        ("ENTPersonPays", "FRANCE"),
        ("ENTPersonAdresseDiffusion", "O"),
        ("ENTPersonMail", reach.email),
        ("ENTPersRelEleveTelMobile", reach.mobile_phone),
        ("ENTPersRelEleveEleve", [world.pupils[number].key for number in family.pupils]),
    ]
    return Record("PersRelEleve", relative.key, attributes)


def staff_record(world: World, staff: Staff) -> Record:
    keys = {index: world.schools[index].key for index in staff.posts}
    attributes: list[tuple[str, Value]] = [
        ("ENTPersonJointure", staff.key),
        ("ENTPersonDateNaissance", _day(staff.born)),
        ("ENTPersonNom", staff.last_name),
        ("ENTPersonPrenom", staff.first_name),
        ("ENTPersonAutresPrenoms", ""),
        ("ENTPersonNomPatro", staff.birth_name),
        ("ENTPersonCivilite", "Mme" if staff.woman else "M."),
        ("ENTPersonMail", staff_mail(staff)),
        ("ENTPersonStructRattach", list(keys.values())),
        ("ENTPersonFonctions", [f"{keys[index]}${post.value}" for index, post in staff.posts.items()]),
        ("ENTEnsFonctionDir", [keys[index] for index, post in staff.posts.items() if post is Function.HEAD]),
        ("ENTEnsSpecialites", ""),
        ("ENTPersonCategorieEnseignant", "O" if staff.teaches else "N"),
    ]
    return Record("PersEducNat", staff.key, attributes)


def staff_mail(staff: Staff) -> str:
    """The academic address, kept when the name changes."""
    return f"{mail_name(staff.first_name, staff.birth_name)}{staff.number}@ac-example.invalid"


def _services(world: World, pupil: Pupil) -> list[tuple[str, Value]]:
    dice = Dice(world.recipe.seed, "services", pupil.number, world.elapsed)
    shares = (
        ("ENTEleveRestaurantScolaire", 0.7),
        ("ENTEleveTransport", 0.1),
        ("ENTEleveGarderieMatin", 0.2),
        ("ENTEleveGarderieSoir", 0.4),
        ("ENTEleveEtudesSurveillees", 0.15),
    )
    return [(name, "O" if dice.chance(share) else "N") for name, share in shares]


def _tie(tie: Tie) -> str:
    return f"{tie.relative}${tie.kind}${int(tie.legal)}${int(tie.contact)}${int(tie.payer)}"


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).strftime("%d/%m/%Y")
