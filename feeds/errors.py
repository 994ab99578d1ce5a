"""Why a set is refused before its plan is weighed."""

from core.errors import BadUsage, DomainError, RefusedByRule


class OlderThanApplied(RefusedByRule):
    """A newer set of the same source was already applied for a school that this one names."""

    code = "older-than-applied"
    remedy = "Importez l’extraction la plus récente. Une alimentation ne remonte pas le temps."


class OtherAcademy(RefusedByRule):
    """The set belongs to another academy than the one named."""

    code = "other-academy"
    remedy = "Vérifiez l’option --academy ou le dossier importé."


class OtherDegree(RefusedByRule):
    """A set of *écoles* read as one of *collèges*, or the other way round."""

    code = "other-degree"
    remedy = "Importez-les par l’autre format : aaf1d pour les écoles, aaf2d pour les collèges."


class EmptyFile(RefusedByRule):
    """A file that is there holds nobody: everyone would look absent."""

    code = "empty-file"
    remedy = "Redemandez l’extraction : un fichier présent doit contenir au moins une fiche."


class UnknownSchool(DomainError):
    """An ONDE CSV for a school that is not here."""

    code = "unknown-school"
    remedy = "Vérifiez l’UAI, ou ajoutez --create-school avec le nom de l’école pour la créer."


class UnknownAcademy(BadUsage):
    """Nothing says which academy the set is of."""

    code = "unknown-academy"
    sentence = "Rien ne dit de quelle académie sont ces fichiers."
    remedy = "Précisez l’option --academy."


class WrongYear(RefusedByRule):
    """Most pupils stand one level higher than known: the CSV is probably of the next year."""

    code = "year-to-confirm"
    remedy = "Précisez l’année scolaire du fichier (--year 2026 pour 2026-2027), puis recommencez."


class NotWaiting(RefusedByRule):
    """Only a refused or parked run can be applied afterwards."""

    code = "not-waiting"
    remedy = "Lancez une nouvelle alimentation."


class CannotUndo(RefusedByRule):
    """The run is not the last word on what it did."""

    code = "cannot-undo"


class NothingToRead(DomainError):
    """The set holds no record at all."""

    code = "no-record"
    sentence = "Ces fichiers ne contiennent aucune fiche."
    remedy = "Redemandez l’extraction."
