"""Names what cannot be used, by file and physical line, and finds who each record is."""

from django.db import connection

from accounts.enums import Source
from core import sql
from feeds.enums import tool_of
from feeds.errors import EmptyFile, NothingToRead, OlderThanApplied, OtherDegree
from feeds.intake import Intake
from feeds.models import Anomaly as AnomalyRow
from feeds.read.rows import Anomaly

FLAWS = {
    "key-twice": "{value} : deux fiches portent la clé {key} et diffèrent, aucune n’est prise. "
    "Signalez le doublon à l’académie.",
    "school-key-twice": "École {value} : deux fiches portent la clé {key} et diffèrent, aucune n’est prise. "
    "Signalez le doublon à l’académie.",
    "uai-twice": "L’UAI {value} est porté par deux écoles (ici celle de clé {key}) : aucune des deux fiches n’est prise. "
    "Signalez-le à l’académie.",
    "uai-of-another": "L’UAI {value} (clé {key}) est déjà celui d’une autre école de l’ENT : la fiche n’est pas prise. "
    "Vérifiez l’UAI et l’académie de cette école.",
    "school-unknown": "L’école de clé {value} n’est connue ni de ces fichiers ni de l’ENT, ce rattachement est laissé "
    "de côté. Vérifiez le fichier des établissements (EtabEducNat).",
    "no-known-school": "{value} : aucune école connue n’est citée, la fiche n’est pas prise. "
    "Vérifiez l’admission dans {tool}.",
    "key-of-another": "{value} : la clé {key} est déjà celle d’un élève de l’autre degré, né un autre jour : la fiche "
    "n’est pas prise. Vérifiez la date de naissance dans {tool}, ou signalez la clé à l’académie.",
    "relative-unnamed": "{value} : aucun élève de ces fichiers ne nomme ce responsable, la fiche n’est pas prise. "
    "Vérifiez le lien avec l’enfant dans {tool}.",
    "relative-unknown": "L’élève de clé {key} nomme un responsable (clé {value}) qui n’est dans aucun fichier, le lien "
    "n’est pas pris. Vérifiez les responsables de l’élève dans {tool}.",
    "ine-twice": "L’INE {value} est porté par plusieurs fiches (clé {key}) : il n’est pas utilisé pour reconnaitre "
    "l’élève. Corrigez l’INE dans {tool}.",
    "ine-of-another": "L’INE {value} (clé {key}) est déjà celui d’un élève né un autre jour : les deux comptes restent "
    "distincts. Vérifiez l’INE et la date de naissance dans {tool}.",
    "class-untold": "{value} : la fiche ne cite aucune classe, l’élève garde celle qui est connue. "
    "Vérifiez sa répartition dans {tool}.",
    "teacher-class-unknown": "La classe « {value} » n’a aucun élève : l’enseignant n’y est pas rattaché. "
    "Vérifiez son nom dans {tool}, ou attendez l’arrivée des élèves.",
}

#: Only what joins and filters read: the sampling of wide rows costs more than the plans that need it.
ANALYZE = (
    "analyze stage_person (kind, key, ine_joins), stage_place (kind, key, school_key), "
    "stage_tie (key, relative_key), stage_classvalue (kind, key, school_key)"
)


def check(intake: Intake) -> None:
    """Sets aside what cannot be used and finds who each record is (tables flaw, who, present)."""
    params = intake.params
    with connection.cursor() as cursor:
        # What is looked up by record; whole tables are joined by hash.
        cursor.execute("create index on stage_place (kind, key)")
        cursor.execute("create index on stage_tie (key)")
        cursor.execute(ANALYZE)
    sql.run("feeds", "check_records", **params)
    sql.run("feeds", "check_families", **params)
    sql.run("feeds", "check_who", **params)


def check_schools(intake: Intake, *, uai: str = "", name: str = "") -> None:
    """Finds what school each key means (tables school_row, known_school); a CSV's is named by `uai`."""
    if uai:
        sql.run("feeds", "check_school_csv", uai=uai, school_name=name)
    else:
        sql.run("feeds", "check_schools", **intake.params)


def clear() -> None:
    """Nothing is set aside any more: the kept records are to be weighed anew."""
    with connection.cursor() as cursor:
        cursor.execute("delete from parked")


def write_anomalies(intake: Intake, found: list[Anomaly]) -> None:
    """Keeps what the readers found, in the order of files and lines."""
    AnomalyRow.objects.bulk_create(
        [
            AnomalyRow(
                run=intake.run,
                code=str(a.code),
                file=a.file,
                line=a.line or None,
                message=a.message,
                key=a.key,
            )
            for a in found
        ],
        batch_size=2000,
    )


def write_flaws(intake: Intake) -> None:
    """Keeps what the checks and the plan found, by file and physical line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select f.code, f.key, coalesce(s.name, ''), f.line, f.value "
            "from flaw f left join stage_file s on s.file = f.file order by f.file, f.line, f.code"
        )
        rows = [
            AnomalyRow(
                run=intake.run, code=code, file=name, line=line, key=key,
                message=FLAWS[code].format(key=key, value=value, tool=tool_of(intake.source)),
            )
            for code, key, name, line, value in cursor.fetchall()
        ]  # fmt: skip
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


def refuse_other_degree(intake: Intake) -> None:
    """Raises `OtherDegree` where most structures of the set are not of the degree that it is read as."""
    (found,) = sql.rows("feeds", "check_degree")
    second = intake.source is Source.AAF2D
    strangers = found["schools"] - found["colleges"] if second else found["colleges"]
    if strangers * 2 > found["schools"]:
        here, there = ("second", "premier") if second else ("premier", "second")
        raise OtherDegree(
            f"Ces fichiers semblent être du {there} degré : {strangers} de leurs {found['schools']} établissements en "
            f"sont. Lus comme ceux du {here} degré, ils déplaceraient des élèves. Rien n’a changé."
        )


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
