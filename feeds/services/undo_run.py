"""What a run did to people and attachments is taken back, its turnovers first."""

from uuid import UUID

from django.db import connection, transaction

from accounts.services import bulk
from core import clock, sql
from core.locks import Lock, take
from directory.services import attach
from feeds.enums import RunState, SchoolRole
from feeds.errors import CannotUndo
from feeds.models import FeedRun, RunSchool
from feeds.services.apply_run import WORDS
from rollover.models import Turnover
from rollover.services.undo import undo_turnovers
from schools.services import put

TOUCHED = {"added": "undo_added", "changed": "undo_changed"}


@transaction.atomic
def undo_run(*, run: FeedRun, by: UUID | None = None) -> FeedRun:
    """Undoes an applied run while nothing later depends on it; its notes say what was not touched.

    Accounts signed into since are kept, with no school. Raises `CannotUndo`.
    """
    assert run.academy is not None
    take((Lock.FEED, run.academy.pk), timeout_ms=30_000)
    run = FeedRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    _check(run)
    turned = list(Turnover.objects.filter(feed_run=run.uuid, undone_at__isnull=True))
    notes: list[str] = []
    if turned:
        held = undo_turnovers(turnovers=turned, by=by)
        notes.append(
            f"{len(held)} école(s) reviennent à l’année précédente et restent en attente : leurs fiches de familles "
            "ne seront reprises qu’une fois les écoles débloquées."
        )
    sql.run("feeds", "undo_rows", run_id=run.pk)
    attach.take_back_ties(**TOUCHED)
    attach.take_back_class_attachments(**TOUCHED)
    attach.take_back_attachments(**TOUCHED)
    attach.take_back_classes(**TOUCHED)
    bulk.put_back_accounts(changed=TOUCHED["changed"])
    notes += _people_made(run)
    put.take_back_schools(changed=TOUCHED["changed"])
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table undo_staff on commit drop as "
            "select distinct school_id from feeds_runschool where run_id = %s and part = 'S' and role = 'named'",
            [run.pk],
        )
    attach.name_heads(relation="undo_staff", source=run.source, today=clock.today())
    sql.run("feeds", "take_back_marks", run_id=run.pk)
    run.state, run.notes, run.finished_at = RunState.UNDONE, [*run.notes, *notes], clock.now()
    run.save()
    for table in ("undo_added", "undo_changed", "undo_staff"):
        with connection.cursor() as cursor:
            cursor.execute(f"drop table {table}")
    return run


def _people_made(run: FeedRun) -> list[str]:
    """Erases the accounts that the run made and nobody used; says how many are kept."""
    with connection.cursor() as cursor:
        cursor.execute("select id from undo_added where entity = 'user'")
        made = [row[0] for row in cursor.fetchall()]
    used = attach.belonging_somewhere(made) if made else set()
    kept = bulk.erase_unused(ids=[pk for pk in made if pk not in used])
    kept |= used
    if not kept:
        return []
    return [f"{len(kept)} compte(s) créés par cette alimentation servent déjà : ils ne sont pas supprimés."]


def _check(run: FeedRun) -> None:
    if run.state != RunState.APPLIED:
        why = WORDS.get(RunState(run.state), "elle n’a pas été appliquée")
        raise CannotUndo(f"L’alimentation n° {run.pk} ne peut pas être annulée : {why}.")
    mine = RunSchool.objects.filter(run=run, role=SchoolRole.NAMED)
    later = (
        RunSchool.objects.filter(role=SchoolRole.NAMED, run__state=RunState.APPLIED, run__pk__gt=run.pk)
        .filter(school__in=mine.values("school"), run__academy=run.academy)
        .order_by("run_id")
        .values_list("run_id", flat=True)
        .distinct()
    )
    numbers = [str(number) for number in later[:5]]
    if numbers:
        raise CannotUndo(
            f"L’alimentation n° {run.pk} ne peut pas être annulée : d’autres, plus récentes, en dépendent "
            f"(n° {', '.join(numbers)}).",
            remedy="Annulez d’abord la plus récente.",
            later=numbers,
        )
