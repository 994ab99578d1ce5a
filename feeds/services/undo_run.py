"""What a run did to people and attachments is taken back, its turnovers first."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from accounts.services import bulk
from core import clock, sql
from directory.services import attach
from feeds.enums import RunState, SchoolRole
from feeds.errors import CannotUndo
from feeds.models import FeedRun, RunSchool
from feeds.services import park
from feeds.services.apply_run import WORDS
from feeds.services.life import hold
from rollover.models import Turnover
from rollover.services import undo
from rollover.services.undo import undo_turnovers
from schools.services import put
from sharing.enums import Reason
from sharing.models import Grant
from sharing.services.withdraw import restore, withdraw
from timeline.services import forget
from ui.french import listed

# What else bears the key of a school that goes: what the run and its turns said of it, its own groups.
SEEN_TO = frozenset(
    {
        "feeds_feedrun",
        "feeds_runschool",
        "feeds_schoolmark",
        "directory_group",
        "rollover_turnover",
        "timeline_event",
    }
)
TOUCHED = {"added": "undo_added", "changed": "undo_changed"}


@transaction.atomic
def undo_run(*, run: FeedRun, by: UUID | None = None) -> FeedRun:
    """Undoes an applied run while nothing later depends on it; its notes say what was not touched.

    Accounts in use since are kept: with no school left, they are absent from today. What was set aside
    and still waits is let go. Raises `CannotUndo`.
    """
    run = FeedRun.objects.get(pk=run.pk)
    check_undo(run)
    assert run.academy is not None
    hold(run.academy)
    run = FeedRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    check_undo(run)
    for temporary in ("undo_added", "undo_changed", "undo_kept", "undo_left", "undo_school"):
        with connection.cursor() as cursor:
            cursor.execute(f"drop table if exists pg_temp.{temporary}")
    sql.run("feeds", "undo_rows", run_id=run.pk)
    attach.take_back_heads(**TOUCHED)
    attach.take_back_consents(**TOUCHED)
    attach.take_back_ties(**TOUCHED)
    attach.take_back_attachments(**TOUCHED, today=clock.today(), run=run.uuid)
    attach.take_back_class_attachments(**TOUCHED)
    notes = _turn_back(run, by)
    # What a school's first classes ended of the years before.
    restore(causes=[run.uuid], by=by)
    gone = Grant.objects.filter(group__in=[row["id"] for row in sql.rows("feeds", "undo_groups")])
    notes += _withdraw(gone, run, by)
    attach.take_back_classes(**TOUCHED)
    bulk.put_back_accounts(changed=TOUCHED["changed"])
    notes += _people_made()
    put.take_back_schools(changed=TOUCHED["changed"])
    notes += _classes_without_a_year(run)
    sql.run("feeds", "take_back_marks", run_id=run.pk)
    notes += _schools_made(run, by)
    for waiting in run.children.filter(state=RunState.PARKED):
        park.forget(waiting)
        FeedRun.objects.filter(pk=waiting.pk).update(state=RunState.UNDONE)
        notes.append(f"Les fiches en attente de l’alimentation n° {waiting.pk} ne seront pas reprises.")
    run.state, run.notes, run.finished_at = RunState.UNDONE, [*run.notes, *notes], clock.now()
    run.save()
    return run


def _turn_back(run: FeedRun, by: UUID | None) -> list[str]:
    """Undoes the turnovers of the run; attachments are back already, so that classes find their people."""
    turned = list(Turnover.objects.filter(feed_run=run.uuid, undone_at__isnull=True))
    if not turned:
        return []
    undone = undo_turnovers(turnovers=turned, by=by)
    said = (
        f"{len(undone.schools)} école(s) reviennent à l’année précédente et restent en attente : leurs fiches de "
        "familles ne seront reprises qu’une fois les écoles débloquées."
    )
    if undone.grants_restored:
        said += f" {undone.grants_restored} partage(s) reviennent."
    return [said, *undone.notes]


def _people_made() -> list[str]:
    """Erases the accounts that the run made and nobody used; says how many are kept."""
    with connection.cursor() as cursor:
        cursor.execute("select id from undo_added where entity = 'user'")
        made = [row[0] for row in cursor.fetchall()]
        used = attach.belonging_somewhere(made)
        kept = used | bulk.erase_unused(ids=[pk for pk in made if pk not in used])
        if not kept:
            return []
        cursor.execute("create temporary table undo_kept (person_id bigint) on commit drop")
        cursor.execute("insert into undo_kept select unnest(%s::bigint[])", [sorted(kept)])
    sql.run("feeds", "undo_left")
    bulk.mark_absent(relation="undo_left")
    said = (
        f"{len(kept)} compte(s) créés par cette alimentation servent déjà : ils ne sont pas supprimés ; ceux qui n’ont "
        "plus d’école sont absents."
    )
    return [said]


def _classes_without_a_year(run: FeedRun) -> list[str]:
    """Ends what was made by hand in classes of a year that the run had opened; says how much."""
    ended = attach.end_classes_of_other_years(changed=TOUCHED["changed"], today=clock.today(), run=run.uuid)
    if not ended:
        return []
    return [f"{ended} rattachement(s) faits à la main dans les classes qu’elle avait ouvertes prennent fin."]


def _withdraw(grants: QuerySet[Grant, Grant], run: FeedRun, by: UUID | None) -> list[str]:
    """Ends the shares with groups that go with the run; says how many."""
    ended = withdraw(grants=grants, reason=Reason.UNDONE_FEED, by=by, cause=run.uuid)
    if ended is None:
        return []
    return [f"{ended.grants.count()} partage(s) avec des groupes qu’elle avait ouverts prennent fin."]


def _schools_made(run: FeedRun, by: UUID | None) -> list[str]:
    """Takes away the schools that the run made and that nothing hangs on; names them."""
    sql.run("feeds", "undo_schools", run_id=run.pk)
    attach.keep_unused_schools(relation="undo_school")
    put.keep_unspoken(relation="undo_school", but=SEEN_TO)
    with connection.cursor() as cursor:
        cursor.execute("select school_id from undo_school")
        schools = [row[0] for row in cursor.fetchall()]
    notes = _withdraw(Grant.objects.filter(group__school__in=schools), run, by)
    attach.forget_schools(relation="undo_school")
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.name, s.uai from schools_school s join undo_school u on u.school_id = s.id order by 1, 2"
        )
        gone = cursor.fetchall()
    sql.run("feeds", "undo_school_traces")
    forget.forget_schools(relation="undo_school")
    undo.forget_schools(relation="undo_school")
    put.forget_schools(relation="undo_school")
    if run.school_id is not None:
        run.refresh_from_db(fields=["school"])
    return notes + [f"{name} ({uai}), créée par cette alimentation, est retirée." for name, uai in gone]


def check_undo(run: FeedRun) -> None:
    """Raises `CannotUndo` where the run is not the last word on what it did; changes nothing."""
    if run.state != RunState.APPLIED:
        why = WORDS.get(RunState(run.state), "elle n’a pas été appliquée")
        raise CannotUndo(f"L’alimentation n° {run.pk} ne peut pas être annulée : {why}.")
    # rows that name a school are written as runs are applied: their order is that of the applications
    mine = RunSchool.objects.filter(run=run, role=SchoolRole.NAMED)
    later = (
        RunSchool.objects.filter(role=SchoolRole.NAMED, run__state=RunState.APPLIED)
        .filter(school__in=mine.values("school"), pk__gt=mine.aggregate(last=Max("pk"))["last"] or 0)
        .exclude(run=run)
        .order_by("-run_id")
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
    turned = Turnover.objects.filter(
        school__in=mine.values("school"),
        feed_run__isnull=True,
        undone_at__isnull=True,
        at__gte=run.finished_at or run.started_at,
    )
    names = sorted(set(turned.values_list("school__name", flat=True)))
    if names:
        # A turn by hand ended classes and shares as the run had left them: they are put back first.
        raise CannotUndo(
            f"L’alimentation n° {run.pk} ne peut pas être annulée : depuis, un changement d’année a été demandé "
            f"({listed(names[:5])}).",
            remedy="Annulez d’abord ce changement d’année.",
            schools=names,
        )
