"""AAF 1D, the first degree's: what each attribute means, and how classes and ties are written."""

from functools import lru_cache

from feeds.read.dialect import Dialect, TieParts, tie_kind
from feeds.read.rows import Kind, Row
from feeds.read.values import LONGEST, clean, read_date, read_flag, read_level

_NAMES = {
    "ENTPersonJointure": "key",
    "ENTPersonDateNaissance": "birth_date",
    "ENTPersonNom": "last_name",
    "ENTPersonNomPatro": "birth_name",
    "ENTPersonPrenom": "first_name",
    "ENTPersonAutresPrenoms": "other_first_names*",
    "ENTPersonCivilite": "civility",
    "ENTPersonMail": "email",
}
_ADDRESS = {
    "ENTPersonAdresse": "address",
    "ENTPersonCodePostal": "postal_code",
    "ENTPersonVille": "city",
    "ENTPersonPays": "country",
}
#: Per kind: attribute → our field, `*` when its values are many, '' when it is known and not used.
ATTRIBUTES: dict[Kind, dict[str, str]] = {
    Kind.SCHOOL: {
        "ENTStructureJointure": "key",
        "ENTStructureUAI": "uai",
        "ENTStructureSIREN": "siren",
        "ENTStructureNomCourant": "name",
        "ENTStructureTypeStruct": "type_label",
        "ENTStructureCodeTypeStruct": "type_code",
        "ENTEtablissementContrat": "contract",
        "ENTStructureBoitePostale": "box",
        "ENTStructureAdresse": "address",
        "ENTStructureCodePostal": "postal_code",
        "ENTStructureVille": "city",
        "ENTStructureTelephone": "phone",
        "ENTStructureEmail": "email",
        "ENTStructureMailSI": "other_email",
        "ENTEcoleCirconscription": "district_key",
        "ENTServAcAcademie": "academy_name",
        "ENTServAcCodeAcademie": "academy_code",
        "ENTStructureFax": "",
        "ENTEcoleMinistereTutelle": "",
        "ENTEcoleCodeMinistereTutelle": "",
        "ENTEcoleSecteur": "",
        "ENTEcoleCommune": "",
        "ENTEcoleRPI": "",
    },
    Kind.PUPIL: {
        **_NAMES,
        "ENTEleveINE": "ine",
        "ENTEleveAutoriteParentale": "ties*",
        "ENTPersonStructRattach": "schools*",
        "ENTPersonClasses": "classes*",
        "ENTPersonGroupes": "groups*",
        "ENTEleveNiveau": "level",
        "ENTEleveDateEntreeStructRattach": "entered*",
        "ENTEleveDateSortieStructRattach": "left*",
        "ENTEleveCycle": "",
        "ENTEleveTypeClasse": "",
        "ENTEleveDateEntreeClasses": "",
        "ENTEleveDateSortieClasses": "",
        "ENTEleveRestaurantScolaire": "",
        "ENTEleveTransport": "",
        "ENTEleveGarderieMatin": "",
        "ENTEleveGarderieSoir": "",
        "ENTEleveEtudesSurveillees": "",
        **_ADDRESS,
        "ENTPersonAdresseDiffusion": "",
    },
    Kind.RELATIVE: {
        **_NAMES,
        **_ADDRESS,
        "ENTPersonTelPerso": "home_phone",
        "ENTPersRelEleveTelPro": "work_phone",
        "ENTPersRelEleveTelMobile": "mobile_phone",
        "ENTPersonAdresseDiffusion": "",
        "ENTPersRelEleveEleve": "",
    },
    Kind.STAFF: {
        **_NAMES,
        "ENTPersonStructRattach": "schools*",
        "ENTPersonFonctions": "functions*",
        "ENTEnsFonctionDir": "headed*",
        "ENTPersonCategorieEnseignant": "is_teacher",
        "ENTEnsSpecialites": "",
    },
}


@lru_cache(maxsize=16384)
def class_value(value: str) -> Row | int | None:
    """`<school key>$<from>$<to>$<class key>$<label>`."""
    parts = [clean(part) for part in value.split("$")]
    if len(parts) != 5:
        return len(parts)
    school, starts, ends, key, label = parts
    try:
        begins, finishes = read_date(starts), read_date(ends)
    except ValueError:
        return None
    if (
        not (begins and school and key and label)
        or len(key) > LONGEST["key"]
        or len(school) > LONGEST["key"]
        or len(label) > LONGEST["label"]
    ):
        return None
    return (school, begins, finishes, key, label)


def tie(value: str) -> TieParts:
    """`<relative key>$<kind of tie>$<legal>$<contact>$<payer>`, the last parts at times absent."""
    key, kind, legal, contact, payer = (*value.split("$"), "", "", "", "")[:5]
    return clean(key), tie_kind(kind), read_flag(legal), read_flag(contact), read_flag(payer)


AAF1D = Dialect(
    name="aaf1d",
    attributes=ATTRIBUTES,
    class_value=class_value,
    class_parts="cinq",
    tie=tie,
    level=read_level,
    groups="ENTPersonGroupes",
    tool="ONDE",
    structure="École",
)
