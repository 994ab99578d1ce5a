"""A title for each kind of anomaly, how grave it is, and who can put it right."""

from dataclasses import dataclass

from feeds.enums import tool_of
from feeds.read.codes import LEAVES_OUT, Code

ONDE = "À corriger dans ONDE"
CHECK = "À vérifier dans ONDE"
ACADEMY = "À signaler à l’académie"
NOTHING = "Rien à faire"

TITLES: dict[str, tuple[str, str]] = {
    Code.KEY_MISSING: ("Clé de jointure absente", ACADEMY),
    Code.NAME_MISSING: ("Nom ou prénom absent", ONDE),
    Code.BIRTH_DATE_MISSING: ("Date de naissance absente", ONDE),
    Code.BIRTH_DATE_UNREADABLE: ("Date de naissance illisible", ONDE),
    Code.BIRTH_DATE_IMPOSSIBLE: ("Date de naissance impossible", ONDE),
    Code.BIRTH_DATE_FUTURE: ("Date de naissance dans l’avenir", ONDE),
    Code.ESSENTIAL_TOO_LONG: ("Valeur indispensable trop longue", ONDE),
    Code.UAI_UNUSABLE: ("UAI inutilisable", ACADEMY),
    Code.WRONG_KIND: ("Fiche dans le mauvais fichier", ACADEMY),
    Code.ROW_TWICE: ("Personne en double", ONDE),
    Code.BIRTH_DATE_IGNORED: ("Date de naissance laissée de côté", ONDE),
    Code.CLASS_PARTS: ("Classe mal écrite", CHECK),
    Code.CLASS_DATES: ("Classe aux dates impossibles", CHECK),
    Code.TIE_UNREADABLE: ("Lien de responsabilité illisible", CHECK),
    Code.FUNCTION_UNREADABLE: ("Fonction illisible", ACADEMY),
    Code.EXIT_DATE_UNREADABLE: ("Date d’entrée ou de sortie illisible", ONDE),
    Code.EXIT_DATE_UNPLACED: ("Date de sortie sans école", CHECK),
    Code.INE_PLACEHOLDER: ("INE de remplissage", CHECK),
    Code.INE_MALFORMED: ("INE mal formé", CHECK),
    Code.UAI_LETTER: ("Lettre d’UAI à vérifier", ACADEMY),
    Code.VALUE_TOO_LONG: ("Valeur trop longue", ONDE),
    Code.CHILD_INCOMPLETE: ("Enfant sans nom ou sans prénom", ONDE),
    Code.ROW_REPEATED: ("Ligne répétée", NOTHING),
    Code.ATTRIBUTE_UNKNOWN: ("Attribut inconnu", NOTHING),
    Code.GROUPS_UNUSED: ("Groupes laissés de côté", NOTHING),
    Code.LEVEL_UNKNOWN: ("Niveau inconnu", CHECK),
    Code.COLUMN_UNUSED: ("Colonne inutilisée", NOTHING),
    Code.FILE_UNUSED: ("Fichier inutilisé", NOTHING),
    Code.DATE_FROM_FILE: ("Date lue dans le fichier", NOTHING),
    Code.FILE_EMPTY: ("Fichier vide", "Relancer l’extraction"),
    Code.INE_CLASH: ("INE d’un autre élève", CHECK),
    Code.INE_DIFFERS: ("INE différent de celui que l’on connait", CHECK),
    Code.PERSON_AMBIGUOUS: ("Personne impossible à reconnaitre", CHECK),
    Code.CHILD_UNKNOWN: ("Enfant inconnu dans l’école", CHECK),
    Code.CHILD_AMBIGUOUS: ("Enfant impossible à reconnaitre", CHECK),
    Code.RELATIVE_WITHOUT_CHILD: ("Parent sans enfant dans l’école", CHECK),
    "key-of-another": ("Clé d’un autre élève", ACADEMY),
    "key-twice": ("Clé de jointure en double", ACADEMY),
    "school-key-twice": ("École en double", ACADEMY),
    "uai-twice": ("UAI porté par deux écoles", ACADEMY),
    "uai-of-another": ("UAI d’une autre école", ACADEMY),
    "school-unknown": ("École inconnue", ACADEMY),
    "no-known-school": ("Personne sans école connue", CHECK),
    "relative-unnamed": ("Parent qu’aucun élève ne nomme", CHECK),
    "relative-unknown": ("Parent absent des fichiers", CHECK),
    "ine-twice": ("INE en double", ONDE),
    "ine-of-another": ("INE d’un élève né un autre jour", CHECK),
    "class-untold": ("Élève sans classe dans sa fiche", CHECK),
    "teacher-class-unknown": ("Classe sans élève", CHECK),
}
LEFT_OUT = {
    *LEAVES_OUT,
    "key-of-another",
    "key-twice",
    "school-key-twice",
    "uai-twice",
    "uai-of-another",
    "no-known-school",
}


@dataclass(frozen=True, slots=True)
class Words:
    """How an anomaly is told: `tone` bad where the record is left out, info where nothing is to be done."""

    title: str
    todo: str
    tone: str


def words_of(code: str, *, source: str = "") -> Words:
    """`source` tells in which application records are put right."""
    title, todo = TITLES.get(code, ("Autre anomalie", CHECK))
    tone = "bad" if code in LEFT_OUT else "info" if todo == NOTHING else "warn"
    return Words(title, todo.replace("ONDE", tool_of(source)), tone)
