"""The French line of each anomaly: what happened, with the value, and what to do, in which application.

`{who}` is a person or a structure as a director would name it, with the key; `{tool}` is where
records are put right: ONDE, or SIECLE for the second degree.
"""

from feeds.read.codes import Code

SENTENCES: dict[Code, str] = {
    Code.KEY_MISSING: (
        "{who} : clé de jointure absente, la fiche est laissée de côté. Signalez-la à l’académie : "
        "sans clé, personne ne peut être reconnu d’une alimentation à l’autre."
    ),
    Code.NAME_MISSING: (
        "{who} : {missing} absent, la fiche est laissée de côté. Complétez l’état civil dans {tool}, puis renvoyez le fichier."
    ),
    Code.BIRTH_DATE_MISSING: (
        "{who} : date de naissance absente, la fiche est laissée de côté. Renseignez-la dans {tool}, puis renvoyez le fichier."
    ),
    Code.BIRTH_DATE_UNREADABLE: (
        "{who} : date de naissance illisible (« {value} »), la fiche est laissée de côté. Attendu : "
        "jj/mm/aaaa ou aaaa-mm-jj. Corrigez-la dans {tool}, puis renvoyez le fichier."
    ),
    Code.BIRTH_DATE_IMPOSSIBLE: (
        "{who} : la date de naissance « {value} » n’existe pas ou n’est pas vraisemblable, la fiche est "
        "laissée de côté. Corrigez-la dans {tool}, puis renvoyez le fichier."
    ),
    Code.BIRTH_DATE_FUTURE: (
        "{who} : la date de naissance « {value} » est dans l’avenir, la fiche est laissée de côté. "
        "Corrigez-la dans {tool}, puis renvoyez le fichier."
    ),
    Code.BIRTH_DATE_IGNORED: (
        "{who} : la date de naissance « {value} » n’est pas utilisable, la fiche est reprise sans elle. "
        "Corrigez-la dans {tool}."
    ),
    Code.ESSENTIAL_TOO_LONG: (
        "{who} : {field} de {length} caractères (« {value}… »), la fiche est laissée de côté. Corrigez-la dans {tool}."
    ),
    Code.VALUE_TOO_LONG: (
        "{who} : {field} de {length} caractères (« {value}… »), cette valeur n’est pas reprise. Corrigez-la dans {tool}."
    ),
    Code.UAI_UNUSABLE: (
        "{who} : code UAI absent ou mal formé (« {value} »), l’école est laissée de côté. Attendu : sept "
        "chiffres et une lettre. Signalez-le à l’académie."
    ),
    Code.UAI_LETTER: (
        "{who} : la lettre du code UAI « {value} » ne répond pas à ses chiffres (attendu : {expected}). "
        "L’école est reprise ; vérifiez ce code auprès de l’académie."
    ),
    Code.WRONG_KIND: (
        "Fiche de catégorie « {value} » dans un fichier {expected} : elle est laissée de côté. Signalez-la à l’académie."
    ),
    Code.ROW_TWICE: (
        "{who} : deux lignes du fichier ({lines}) donnent ces noms et cette date de naissance avec un contenu "
        "différent ; aucune n’est reprise. Corrigez la fiche en double dans {tool}, puis renvoyez le fichier."
    ),
    Code.ROW_REPEATED: (
        "{who} : ligne répétée à l’identique (lignes {lines}), reprise une seule fois. Rien à faire."
    ),
    Code.CLASS_PARTS: (
        "{who} : la valeur de classe « {value} » compte {count} parties au lieu de {expected}, elle n’est pas reprise. "
        "Vérifiez l’affectation de l’élève à sa classe dans {tool}."
    ),
    Code.CLASS_DATES: (
        "{who} : la valeur de classe « {value} » est incomplète ou porte une date impossible, elle n’est pas "
        "reprise. Vérifiez l’affectation de l’élève à sa classe dans {tool}."
    ),
    Code.TIE_UNREADABLE: (
        "{who} : le lien de responsabilité « {value} » ne nomme personne, il n’est pas repris. Vérifiez les "
        "responsables de l’élève dans {tool}."
    ),
    Code.FUNCTION_UNREADABLE: (
        "{who} : la fonction « {value} » est illisible, elle n’est pas reprise. Signalez-la à l’académie."
    ),
    Code.EXIT_DATE_UNREADABLE: (
        "{who} : la date d’entrée ou de sortie « {value} » est illisible, elle n’est pas reprise. Corrigez-la dans {tool}."
    ),
    Code.EXIT_DATE_UNPLACED: (
        "{who} : le nombre de dates de sortie ({dates}) ne répond pas à celui des écoles ({schools}), on ne sait "
        "laquelle l’élève quitte ; aucune n’est reprise. Vérifiez ses inscriptions dans {tool}."
    ),
    Code.INE_PLACEHOLDER: (
        "{who} : l’INE « {value} » n’est qu’un remplissage, il est tenu pour absent. Vérifiez l’INE de l’élève dans {tool}."
    ),
    Code.INE_MALFORMED: (
        "{who} : l’INE « {value} » n’a pas la forme attendue (onze caractères, dont une ou deux lettres à la "
        "fin) ; il est noté, mais ne sert pas à reconnaître l’élève. Vérifiez-le dans {tool}."
    ),
    Code.CHILD_INCOMPLETE: (
        "{who} : l’enfant « {value} » n’a pas de nom ou pas de prénom, le lien n’est pas repris. Complétez-le dans {tool}."
    ),
    Code.ATTRIBUTE_UNKNOWN: (
        "L’attribut « {value} » n’est pas connu, il n’est pas utilisé. Rien à faire, sinon le signaler à l’assistance."
    ),
    Code.GROUPS_UNUSED: (
        "Les groupes de « {value} » sont lus mais ne créent aucun groupe : les groupes se font dans l’ENT. Rien à faire."
    ),
    Code.LEVEL_UNKNOWN: (
        "Le niveau « {value} » n’est pas connu, les élèves concernés sont repris sans niveau. Vérifiez-le dans {tool}."
    ),
    Code.COLUMN_UNUSED: "La colonne « {value} » n’est pas utilisée. Rien à faire.",
    Code.FILE_UNUSED: "Le fichier « {value} » n’est pas de ceux que l’on sait lire, il n’est pas utilisé. {why}",
    Code.DATE_FROM_FILE: (
        "Les noms de fichiers ne portent pas de date : celle du fichier est prise, {value}. Si elle est "
        "fausse, renommez les fichiers avec la date de l’extraction."
    ),
    Code.FILE_EMPTY: (
        "Le fichier ne contient aucune fiche de sa catégorie ({value}). Extraction vide : relancez-la, puis "
        "renvoyez l’ensemble."
    ),
    Code.INE_CLASH: (
        "{who} : l’INE « {value} » est déjà celui de {other}, dont la date de naissance diffère. Les deux élèves "
        "restent distincts. Vérifiez l’INE de chacun dans {tool}."
    ),
    Code.INE_DIFFERS: (
        "{who} : l’INE « {value} » n’est pas celui que l’ENT connaît ({known}) pour un élève de mêmes nom et date de "
        "naissance ; la ligne est laissée de côté et rien ne change pour lui. Vérifiez l’INE dans {tool}."
    ),
    Code.PERSON_AMBIGUOUS: (
        "{who} : on ne peut dire à qui répond cette ligne ({others}) ; elle est laissée de côté et rien ne change pour "
        "les personnes concernées. {what}"
    ),
    Code.CHILD_UNKNOWN: (
        "{who} : l’enfant « {value} » n’est pas connu dans l’école, ce lien n’est pas repris. Vérifiez le nom "
        "et le prénom de l’enfant dans {tool}."
    ),
    Code.CHILD_AMBIGUOUS: (
        "{who} : plusieurs élèves répondent à « {value} » et la classe ne les départage pas, ce lien n’est "
        "pas repris. Précisez la classe de l’enfant dans {tool}."
    ),
    Code.RELATIVE_WITHOUT_CHILD: (
        "{who} : aucun de ses enfants n’est connu dans l’école ({value}), la ligne est laissée de côté. Vérifiez le "
        "rattachement de ce responsable dans {tool}."
    ),
}
