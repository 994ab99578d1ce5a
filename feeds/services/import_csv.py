"""The door of the ONDE CSV: three files of one school, as its director downloads them."""

from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from accounts.enums import Source
from core import clock
from core.errors import BadUsage
from core.progress import SILENT, Progress
from directory.models import Attachment, Guardianship
from feeds import academies, check, stage
from feeds.academies import Home
from feeds.enums import RunState
from feeds.errors import UnknownSchool, WrongYear
from feeds.intake import Intake
from feeds.known import echo, known_people
from feeds.match import Matched, match
from feeds.models import FeedRun
from feeds.read.onde_csv import OndeSet, read_onde
from feeds.read.rows import (
    CLASSVALUE_COLUMNS,
    PERSON_COLUMNS,
    PLACE_COLUMNS,
    TIE_COLUMNS,
    Batch,
    Kind,
    Relation,
    told_once,
)
from feeds.read.values import read_uai
from feeds.services.life import Ending, enter, finish, hold
from feeds.services.run_set import Timed, decide
from schools.enums import PRIMARY_LEVELS
from schools.models import Academy, School
from schools.rules import uai_letter
from schools.services.years import year_on

LADDER = [level.value for level in PRIMARY_LEVELS]


def import_onde_csv(
    *,
    path: Path | str,
    uai: str,
    create_school: str = "",
    year: int | None = None,
    academy: str = "",
    by: UUID | None = None,
    dry_run: bool = False,
    accept_departures: bool = False,
    progress: Progress = SILENT,
) -> FeedRun:
    """Imports the CSV files of one school; answers its run, whatever became of it.

    `year` is the school year of the classes, by default the school's running one. Raises `DomainError`
    as `import_aaf1d`; `UnknownSchool` without `create_school`.
    """
    uai, doubts = _uai(uai)
    school = School.objects.select_related("academy").filter(uai=uai).first()
    run = FeedRun.objects.create(
        source=Source.ONDE_CSV, school=school, academy=school.academy if school else None, origin=Path(path).name,
        by=by, started_at=clock.now(), accepted_departures=accept_departures,
    )  # fmt: skip
    run.notes = doubts
    timed = Timed(run, progress)
    with Ending(run):
        if school is None and not create_school:
            raise UnknownSchool(f"L’école {uai} n’est pas connue.")
        with timed.phase("read", "Lecture"):
            found = read_onde(path, school_key=uai, latest_birth=clock.today().isoformat())
            stage.create(run)
        with transaction.atomic():
            home = Home(school.academy) if school else academies.of_new_school(academy)
            hold(home.academy)
            # another import may have made it while this one waited
            school = School.objects.select_related("academy").filter(uai=uai).first()
            run.fed_on, run.school = clock.today(), school
            intake = _intake(run, found, home.academy, school, year, accept_departures)
            enter(intake, home.academy)
            with timed.phase("check", "Contrôle"):
                anomalies = _stage(intake, found, school, uai=uai, year_given=year is not None)
                with stage.schema(run):
                    check.check_schools(intake, uai=uai, name=create_school)
                    intake.school_id = _school_id()
                    check.check(intake)
                    check.write_anomalies(intake, list(told_once(anomalies)))
                    check.refuse_empty(anomalies)
            state = decide(intake, timed, dry_run=dry_run)
            if state is RunState.APPLIED:
                run.school_id = intake.school_id
            finish(run, state)
            if state is not RunState.APPLIED:
                home.put_back(run)
    return run


def _uai(text: str) -> tuple[str, list[str]]:
    """The UAI typed, and what is to be said of it. Raises `BadUsage` where it is none."""
    uai = text.strip().upper()
    if not read_uai(uai):
        raise BadUsage(
            f"« {uai} » n’est pas un UAI.", remedy="Un UAI a sept chiffres et une lettre : --school 0123456A."
        )
    expected = uai_letter(uai[:7])
    if uai[7] == expected:
        return uai, []
    return uai, [
        f"La lettre de l’UAI {uai} ne répond pas à ses chiffres (attendu : {expected}) : vérifiez-le."
    ]


def _intake(
    run: FeedRun,
    found: OndeSet,
    home: Academy,
    school: School | None,
    year: int | None,
    accept_departures: bool,
) -> Intake:
    kinds = {file.kind for file in found.files}
    running = school.running_year if school else None
    return Intake(
        run=run, source=Source.ONDE_CSV, fed_on=clock.today(), whole=False, by_name=False,
        year=year or running or year_on(academy=home, day=clock.today()), accept_departures=accept_departures,
        speaks_of_ties=Kind.RELATIVE in kinds, speaks_of_pupils=Kind.PUPIL in kinds,
    )  # fmt: skip


def _school_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select school_id from known_school")
        return int(cursor.fetchone()[0])


def _stage(intake: Intake, found: OndeSet, school: School | None, *, uai: str, year_given: bool) -> list:
    """Finds who the rows are, then copies them; answers what was found wrong."""
    batch = found.batch
    names = [file.name for file in found.files]
    who = match(known_people(school.pk) if school else [], batch, files=names)
    if school is not None and not year_given:
        _ask_year(batch, who, school)
    _leave_out(batch, who)
    _name_children(batch, who, speaks_of_pupils=intake.speaks_of_pupils, school_key=uai)
    anomalies = [*batch.anomalies, *who.anomalies]
    batch.anomalies = []
    stage.copy_rows(intake.run, [batch], SILENT)
    matches = [(kind, key, person) for (kind, key), person in who.person_ids.items()]
    with connection.cursor() as cursor:
        for person in sorted(who.present):
            matches.append(("-", f"present:{person}", person))
            cursor.execute(
                f'insert into "{intake.run.schema}".stage_badkey (kind, key) values (%s, %s)',
                ["-", f"present:{person}"],
            )
        cursor.executemany(f'insert into "{intake.run.schema}".stage_match values (%s, %s, %s)', matches)
        cursor.executemany(
            f'insert into "{intake.run.schema}".stage_file values (%s, %s)', list(enumerate(names))
        )
    return anomalies


def _leave_out(batch: Batch, who: Matched) -> None:
    for relation, columns in (
        (Relation.PERSON, PERSON_COLUMNS), (Relation.PLACE, PLACE_COLUMNS), (Relation.CLASSVALUE, CLASSVALUE_COLUMNS),
    ):  # fmt: skip
        kind, key = columns.index("kind"), columns.index("key")
        batch.rows[relation] = [
            row for row in batch.rows[relation] if (row[kind], row[key]) not in who.left_out
        ]


def _name_children(batch: Batch, who: Matched, *, speaks_of_pupils: bool, school_key: str) -> None:
    """Ties as the other formats state them: by the pupil's key, in the order of the relative's row."""
    unlisted = [t.pupil_id for t in who.ties if not speaks_of_pupils and t.pupil_key is None and t.pupil_id]
    echoes = echo(batch, unlisted, school_key=school_key)
    for person, echoed in echoes.items():
        who.person_ids[Kind.PUPIL.value, echoed] = person
    tied = set(
        Guardianship.objects.filter(ended_on__isnull=True, relative__in=who.person_ids.values()).values_list(
            "relative_id", "pupil_id"
        )
    )
    ranks: dict[str, int] = {}
    for tie in who.ties:
        key = tie.pupil_key or echoes.get(tie.pupil_id or 0)
        relative = who.person_ids.get((Kind.RELATIVE.value, tie.relative_key))
        if key is None or (not tie.certain and (relative, tie.pupil_id) not in tied):
            continue
        ranks[key] = ranks.get(key, 0) + 1
        said = {"line": 0, "file": 0, "key": key, "relative_key": tie.relative_key, "rank": ranks[key]}
        batch.rows[Relation.TIE].append(tuple(said.get(column) for column in TIE_COLUMNS))


def _ask_year(batch: Batch, who: Matched, school: School) -> None:
    """Raises `WrongYear` where most known pupils stand one level higher: the file is of the next year."""
    if school.class_year is None or school.class_year != (school.running_year or school.class_year):
        return
    levels = dict(
        Attachment.objects.filter(school=school, ended_on__isnull=True, level__in=LADDER).values_list(
            "person_id", "level"
        )
    )
    kind, key, level = (PERSON_COLUMNS.index(name) for name in ("kind", "key", "level"))
    compared = higher = 0
    for row in batch.rows[Relation.PERSON]:
        before = levels.get(who.person_ids.get((row[kind], row[key]), 0))
        if row[kind] != Kind.PUPIL.value or before is None or row[level] not in LADDER:
            continue
        compared += 1
        higher += LADDER.index(row[level]) == LADDER.index(before) + 1
    if higher * 2 > compared:
        year = school.class_year
        raise WrongYear(
            f"{higher} élèves sur {compared} sont un niveau plus haut qu’en {year}-{year + 1} : le fichier semble de "
            "l’année suivante. Rien n’a changé.",
            remedy=f"Précisez l’année scolaire du fichier : --year {year + 1} pour {year + 1}-{year + 2}, "
            f"ou --year {year} s’il est bien de cette année.",
        )
