"""AAF 2D, the second degree's (*collèges*): what each attribute means, and how classes and ties are written.

Some attributes bear LDAP's names, the others those of AAF 1D; both names of a thing are taken. A class value
bears neither date nor class key: a class is known by its school, its label, and the school year that the day
of the feed falls in (the academy's own: from 1 August in France), which is how `Intake.year` dates a set.
"""

import re
from functools import lru_cache

from core.text import fold
from feeds.read.dialect import Dialect, TieParts, tie_kind
from feeds.read.rows import Kind, Row
from feeds.read.values import LONGEST, clean, read_flag

_NAMES = {
    "ENTPersonJointure": "key",
    "ENTPersonDateNaissance": "birth_date",
    "sn": "last_name",
    "ENTPersonNom": "last_name",
    "ENTPersonNomPatro": "birth_name",
    "givenName": "first_name",
    "ENTPersonPrenom": "first_name",
    "ENTPersonAutresPrenoms": "other_first_names*",
    "personalTitle": "civility",
    "ENTPersonCivilite": "civility",
    "mail": "email",
    "ENTPersonMail": "email",
    "ENTPersonLogin": "",
    "ENTPersonSexe": "",
}
_ADDRESS = {
    "ENTPersonAdresse": "address",
    "street": "address",
    "ENTPersonCodePostal": "postal_code",
    "postalCode": "postal_code",
    "ENTPersonVille": "city",
    "l": "city",
    "ENTPersonPays": "country",
    "co": "country",
    "ENTPersonAdresseDiffusion": "",
}
ATTRIBUTES: dict[Kind, dict[str, str]] = {
    Kind.SCHOOL: {
        "ENTStructureJointure": "key",
        "ENTStructureUAI": "uai",
        "ENTStructureSIREN": "siren",
        "ENTStructureNomCourant": "name",
        "ENTStructureTypeStruct": "type_label",
        "ENTStructureCodeTypeStruct": "type_code",
        "ENTEtablissementContrat": "contract",
        "postOfficeBox": "box",
        "ENTStructureBoitePostale": "box",
        "street": "address",
        "ENTStructureAdresse": "address",
        "postalCode": "postal_code",
        "ENTStructureCodePostal": "postal_code",
        "l": "city",
        "ENTStructureVille": "city",
        "telephoneNumber": "phone",
        "ENTStructureTelephone": "phone",
        "ENTStructureEmail": "email",
        "mail": "email",
        "ENTStructureMailSI": "other_email",
        "ENTServAcAcademie": "academy_name",
        "ENTServAcCodeAcademie": "academy_code",
        "facsimileTelephoneNumber": "",
        "ENTStructureFax": "",
        "ENTEtablissementMinistereTutelle": "",
        "ENTEtablissementBassin": "",
        "ENTEtablissementStructRattachFctl": "",
        # Classes exist because a pupil names them.
        "ENTStructureClasses": "",
        "ENTStructureGroupes": "",
    },
    Kind.PUPIL: {
        **_NAMES,
        "ENTEleveINE": "ine",
        "ENTElevePersRelEleve": "ties*",
        "ENTPersonStructRattach": "schools*",
        "ENTEleveClasses": "classes*",
        "ENTEleveGroupes": "groups*",
        "ENTEleveNivFormation": "level",
        "ENTEleveMEF": "mef",
        "ENTEleveDateEntreeStructRattach": "entered*",
        "ENTEleveDateSortieStructRattach": "left*",
        # Keys alone: the composite values above say as much, and more.
        "ENTEleveAutoriteParentale": "",
        "ENTEleveLibelleMEF": "",
        "ENTEleveNivFormationDiplome": "",
        "ENTEleveFiliere": "",
        "ENTEleveEnseignements": "",
        "ENTEleveCodeEnseignements": "",
        "ENTEleveStructRattachId": "",
        "ENTEleveStatutEleve": "",
        "ENTEleveMajeur": "",
        "ENTEleveMajeurAnticipe": "",
        "ENTEleveBoursier": "",
        "ENTEleveRegime": "",
        "ENTEleveTransport": "",
        "homePhone": "",
        "telephoneNumber": "",
        "mobile": "",
        **dict.fromkeys(_ADDRESS, ""),
    },
    Kind.RELATIVE: {
        **_NAMES,
        **_ADDRESS,
        "homePhone": "home_phone",
        "ENTPersonTelPerso": "home_phone",
        "telephoneNumber": "work_phone",
        "ENTPersRelEleveTelPro": "work_phone",
        "mobile": "mobile_phone",
        "ENTPersRelEleveTelMobile": "mobile_phone",
        "ENTPersRelEleveEleve": "",
    },
    Kind.STAFF: {
        **_NAMES,
        "ENTPersonStructRattach": "schools*",
        "ENTPersonFonctions": "functions*",
        "ENTEnsFonctionDir": "headed*",
        "ENTPersonCategorieEnseignant": "is_teacher",
        "ENTEnsSpecialites": "",
        # A teacher is attached to a class by an administrator, as in the first degree.
        "ENTAuxEnsClasses": "",
        "ENTAuxEnsClassesMatieres": "",
        "ENTAuxEnsClassesPrincipal": "",
        "ENTAuxEnsGroupes": "",
        "ENTAuxEnsGroupesMatieres": "",
        "ENTAuxEnsCategoDiscipline": "",
        "ENTAuxEnsDisciplinesPoste": "",
        "ENTAuxEnsMatiereEnseignEtab": "",
        "ENTAuxEnsMEF": "",
        "PersEducNatPresenceDevantEleves": "",
    },
}
_LEVELS = {
    "6": "6EME", "sixieme": "6EME", "5": "5EME", "cinquieme": "5EME", "4": "4EME", "quatrieme": "4EME",
    "3": "3EME", "troisieme": "3EME", "ulis": "ULIS", "upi": "ULIS",
}  # fmt: skip
_WORD = re.compile(r"(?:([3-6]) ?(?:e|eme)|(sixieme|cinquieme|quatrieme|troisieme|ulis|upi))(?: .*)?")
#: A MEF of *collège*: its first three digits tell the year of study.
_MEF = re.compile(r"10([0-3])\d{8}")


@lru_cache(maxsize=16384)
def class_value(value: str) -> Row | int | None:
    """`<school key>$<label>`: no dates, no class key."""
    parts = [clean(part) for part in value.split("$")]
    if len(parts) != 2:
        return len(parts)
    school, label = parts
    if not (school and label) or len(school) > LONGEST["key"] or len(label) > LONGEST["label"]:
        return None
    return (school, None, None, "", label)


def tie(value: str) -> TieParts:
    """`<relative key>$<kind of tie>$<payer>$<legal level>$<contact>$<lives with>`; a level above 0 is legal."""
    key, kind, payer, legal, contact = (*value.split("$"), "", "", "", "")[:5]
    level = clean(legal)
    is_legal = int(level) > 0 if level.isascii() and level.isdigit() else read_flag(level)
    return clean(key), tie_kind(clean(kind)), is_legal, read_flag(contact), read_flag(payer)


@lru_cache(maxsize=1024)
def read_level(text: str) -> str | None:
    """The level that a text or a MEF tells, `6EME` to `3EME` (or `ULIS`); '' for '', None when unknown."""
    if not text:
        return ""
    if mef := _MEF.fullmatch(text):
        return f"{6 - int(mef[1])}EME"
    word = _WORD.fullmatch(fold(text))
    return _LEVELS[word[1] or word[2]] if word else None


AAF2D = Dialect(
    name="aaf2d",
    attributes=ATTRIBUTES,
    class_value=class_value,
    class_parts="deux",
    tie=tie,
    level=read_level,
    groups="ENTEleveGroupes",
    tool="SIECLE",
    structure="Établissement",
    kind="COLLEGE",
    heads_by_function=True,
)
