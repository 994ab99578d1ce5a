"""Names of groups of scolarity, read and never stored, with their article and elision."""

import re
import unicodedata

from accounts.enums import Profile

NBSP = "\u00a0"
MEMBERS = {
    Profile.TEACHER: "Enseignants",
    Profile.STAFF: "Personnels",
    Profile.PUPIL: "Élèves",
    Profile.RELATIVE: "Parents",
    Profile.GUEST: "Invités",
}
_MASCULINE_CLASS = re.compile(r"(cp|ce ?[12]|cm ?[12]|cours)\b", re.IGNORECASE)
_FEMININE_CLASS = re.compile(
    r"(tps|ps|ms|gs|toute|petite|moyenne|grande|maternelle|classe|section)\b", re.IGNORECASE
)
_ULIS = re.compile(r"(ulis|upe2a|unité)\b", re.IGNORECASE)
_ECOLE = re.compile(r"(é|e)cole\b", re.IGNORECASE)


def class_group(profile: Profile, class_label: str) -> str:
    """« Élèves du CP A », « Parents de la MS-GS », « Enseignants de l’ULIS »."""
    return f"{MEMBERS[profile]} {of_class(class_label)}"


def school_group(profile: Profile, school_name: str) -> str:
    """« Parents de l’école des Tilleuls »."""
    return f"{MEMBERS[profile]} {of_school(school_name)}"


def direction(school_name: str) -> str:
    """« Direction de l’école des Tilleuls »."""
    return f"Direction {of_school(school_name)}"


def of_class(label: str) -> str:
    """A class after « de »: article and elision by its level, quotes around a name of its own."""
    if _MASCULINE_CLASS.match(label):
        return f"du {label}"
    if _FEMININE_CLASS.match(label):
        return f"de la {label}"
    if _ULIS.match(label):
        return f"de l’{label}"
    return f"de la classe «{NBSP}{label}{NBSP}»"


def of_school(name: str) -> str:
    """A school after « de »: « de l’école … », « du collège … », else « de l’école » before its name."""
    bare = unicodedata.normalize("NFC", name.strip())
    if _ECOLE.match(bare):
        first, rest = bare.split(" ", 1) if " " in bare else (bare, "")
        lower = "école" if first[1:].islower() or first == "École" else first
        return f"de l’{lower} {rest}".rstrip()
    if bare.lower().startswith("collège"):
        return f"du {bare[0].lower()}{bare[1:]}"
    return f"de l’école {bare}"
