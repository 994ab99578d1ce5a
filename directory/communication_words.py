"""The rules of communication in words: a cell, what a change does, why someone reaches someone."""

from directory.communication import CELLS, Key
from directory.enums import Extent, Party
from ui.french import unbroken

ROWS = {
    Party.DIRECTION: "La direction",
    Party.TEACHER: "Les enseignants",
    Party.STAFF: "Les personnels",
    Party.RELATIVE: "Les parents",
    Party.PUPIL: "Les élèves",
    Party.GUEST: "Les invités",
}
COLUMNS = {
    Party.DIRECTION: "la direction",
    Party.TEACHER: "les enseignants",
    Party.STAFF: "les personnels",
    Party.PUPIL: "les élèves",
    Party.RELATIVE: "les parents",
    Party.GUEST: "les invités",
}
_TO = {party: words.replace("les ", "aux ").replace("la ", "à la ") for party, words in COLUMNS.items()}
_OF_ONES_CLASS = {
    Party.TEACHER: "de leurs classes",
    Party.STAFF: "de leurs classes",
    Party.RELATIVE: "de la classe de leurs enfants",
    Party.PUPIL: "de leur classe",
    Party.GUEST: "de leurs classes",
}
# What everybody keeps whatever the school says, by row.
KEPT = {
    Party.TEACHER: "Les enseignants joignent aussi leurs collègues de la circonscription.",
    Party.STAFF: "Les personnels joignent aussi leurs collègues de la circonscription.",
    Party.RELATIVE: "Un parent joint toujours ses enfants.",
    Party.PUPIL: "Un élève joint toujours ses parents.",
    Party.GUEST: "",
}


def extent_word(key: Key, extent: Extent) -> str:
    """A state of a cell, short: « Non », « Sa classe », « Toute l’école »."""
    who, whom = key
    if extent == Extent.NOBODY:
        return "Non"
    if whom == Party.DIRECTION:
        return "Oui"
    if extent == Extent.SCHOOL:
        return "Toute l’école" if Extent.CLASS in CELLS[key].choices else "Oui"
    if who == Party.RELATIVE:
        return "La classe"
    return "Sa classe" if who == Party.PUPIL else "Ses classes"


def sentence(key: Key, extent: Extent) -> str:
    """« Les parents peuvent écrire aux enseignants de la classe de leurs enfants. »"""
    who, whom = key
    row, column = ROWS[who], _TO[whom]
    others = "autres " if who == whom and who in {Party.RELATIVE, Party.PUPIL} else ""
    column = column.replace("aux ", f"aux {others}")
    if extent == Extent.NOBODY:
        own = ", mais toujours à leurs enfants" if key == (Party.RELATIVE, Party.PUPIL) else ""
        own = ", mais toujours aux leurs" if key == (Party.PUPIL, Party.RELATIVE) else own
        return f"{row} ne peuvent pas écrire {column}{own}."
    if whom == Party.DIRECTION:
        return f"{row} peuvent écrire {column} de l’école."
    where = "de toute l’école" if extent == Extent.SCHOOL else _OF_ONES_CLASS[who]
    return f"{row} peuvent écrire {column} {where}."


def change_sentence(key: Key, before: Extent, after: Extent) -> str:
    """What a change does: the rule to come, and what it ends or opens."""
    opens = list(Extent).index(after) > list(Extent).index(before)
    said = sentence(key, after)
    lost = "les trouveront plus" if after == Extent.NOBODY else "trouveront plus les autres"
    tail = (
        "Ils les trouveront aussi dans l’annuaire et en partageant."
        if opens
        else f"Ils ne {lost}, ni dans l’annuaire, ni en partageant ; ce qui est déjà partagé le reste."
    )
    return unbroken(f"{said} {tail}")
