"""Names what cannot be used, by file and physical line, and finds who each record is."""

from django.db import connection

from core import sql
from feeds.errors import EmptyFile, NothingToRead, OlderThanApplied
from feeds.intake import Intake
from feeds.models import Anomaly as AnomalyRow
from feeds.read.rows import Anomaly

FLAWS = {
    "key-twice": "{value} : deux fiches portent la clé {key} et diffèrent, aucune n’est prise. "
    "Signalez le doublon à l’académie.",
    "school-unknown": "L’école de clé {value} n’est connue ni de ces fichiers ni de l’ENT, ce rattachement est laissé "
    "de côté. Vérifiez le fichier des établissements (EtabEducNat).",
    "no-known-school": "{value} : aucune école connue n’est citée, la fiche n’est pas prise. "
    "Vérifiez l’admission dans ONDE.",
    "relative-unnamed": "{value} : aucun élève de ces fichiers ne nomme ce responsable, la fiche n’est pas prise. "
    "Vérifiez le lien avec l’enfant dans ONDE.",
    "relative-unknown": "L’élève de clé {key} nomme un responsable (clé {value}) qui n’est dans aucun fichier, le lien "
    "n’est pas pris. Vérifiez les responsables de l’élève dans ONDE.",
    "ine-twice": "L’INE {value} est porté par plusieurs fiches (clé {key}) : il n’est pas utilisé pour reconnaitre "
    "l’élève. Corrigez l’INE dans ONDE.",
    "teacher-class-unknown": "La classe « {value} » n’a aucun élève : l’enseignant n’y est pas rattaché. "
    "Vérifiez son nom dans ONDE, ou attendez l’arrivée des élèves.",
}


def check(intake: Intake) -> None:
    """Sets aside what cannot be used and finds who each record is (tables flaw, who, present)."""
    params = intake.params
    sql.run("feeds", "check_records", **params)
    with connection.cursor() as cursor:
        for table in ("stage_place (kind, key)", "stage_tie (key)", "stage_person (kind, key)"):
            cursor.execute(f"create index on {table}")
        cursor.execute("analyze stage_person, stage_place, stage_tie, stage_classvalue")
    sql.run("feeds", "check_families", **params)
    sql.run("feeds", "check_who", **params)


def check_schools(intake: Intake) -> None:
    """Finds what school each key means (tables school_row, known_school)."""
    sql.run("feeds", "check_schools", **intake.params)


def write_anomalies(intake: Intake, found: list[Anomaly], file_names: list[str]) -> None:
    """Keeps what the readers and the checks found, in the order of files and lines."""
    rows = [
        AnomalyRow(
            run=intake.run, code=str(a.code), file=a.file, line=a.line or None, message=a.message, key=a.key
        )
        for a in found
    ]
    with connection.cursor() as cursor:
        cursor.execute("select code, key, file, line, value from flaw order by file, line")
        for code, key, file, line, value in cursor.fetchall():
            name = file_names[file] if file is not None and file < len(file_names) else ""
            message = FLAWS[code].format(key=key, value=value)
            rows.append(AnomalyRow(run=intake.run, code=code, file=name, line=line, message=message, key=key))
    AnomalyRow.objects.bulk_create(rows, batch_size=2000)


def refuse_empty(anomalies: list[Anomaly]) -> None:
    """Raises `EmptyFile` where a file that is there holds nobody, `NothingToRead` where none does."""
    for anomaly in anomalies:
        if anomaly.refuses:
            raise EmptyFile(f"{anomaly.file} : {anomaly.message}")
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from stage_person), exists (select from stage_school)")
        people, schools = cursor.fetchone()
    if not people and not schools:
        raise NothingToRead()


def refuse_older(intake: Intake) -> None:
    """Raises `OlderThanApplied` where this source was applied later for a school and part that the set names."""
    newer = sql.rows("feeds", "check_older", **intake.params)
    if newer:
        first = newer[0]
        raise OlderThanApplied(
            f"Ces fichiers sont du {intake.fed_on:%d/%m/%Y}, mais {first['name']} a déjà été alimentée par ceux du "
            f"{first['fed_on']:%d/%m/%Y}. Rien n’a changé.",
            schools=[row["uai"] for row in newer][:20],
        )
