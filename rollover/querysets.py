"""Turnovers to read: as lists, within someone's scope, and as commands print them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from core import sql
from directory.querysets.administered import administered_schools
from directory.rules import Standpoint
from rollover.figures import Figures
from rollover.models import Turnover
from schools.models import Academy, School


def turnovers_visible_to(me: Standpoint) -> QuerySet[Turnover]:
    """The turnovers of the schools that a standpoint administers, newest first."""
    schools = administered_schools(me).order_by().values("pk")
    return Turnover.objects.filter(school__in=schools).select_related("school").order_by("-pk")


def in_force(turnovers: QuerySet[Turnover]) -> QuerySet[Turnover]:
    """Those that were not undone."""
    return turnovers.filter(undone_at__isnull=True)


def due_of(academies: Iterable[Academy]) -> dict[int, int]:
    """How many schools of each academy (key) have a new year open that their classes are not of. One query."""
    due = School.objects.filter(academy__in=list(academies), class_year__lt=F("running_year")).order_by()
    return dict(due.values_list("academy").annotate(n=Count("pk")))


def state_of(turnover: Turnover) -> str:
    return "undone" if turnover.undone_at else "applied"


def told_of_run(run: UUID) -> list[dict[str, Any]]:
    """The schools that a run turned, in the order of their UAI, with what ended in each."""
    turned = Turnover.objects.filter(run=run).select_related("school").order_by("school__uai", "pk")
    return [
        _told(each.school.uai, each.to_year, len(each.ended_class_attachments), each.figures)
        for each in turned
    ]


def planned(counted: dict[int, Figures]) -> list[dict[str, Any]]:
    """The same of a plan that is there (`rollover.plan.prepared`), with its figures."""
    rows = sql.rows("rollover", "planned_schools")
    uais = dict(School.objects.filter(pk__in=[row["school_id"] for row in rows]).values_list("pk", "uai"))
    told = [
        _told(
            uais[row["school_id"]],
            row["to_year"],
            row["class_attachments_ended"],
            asdict(counted[row["school_id"]]),
        )
        for row in rows
    ]
    return sorted(told, key=lambda school: school["uai"])


def _told(uai: str, year: int, ended: int, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "uai": uai,
        "year": year,
        "class_attachments_ended": ended,
        "grants_purged": figures.get("grants_purged", {}),
        "people_losing_access": figures.get("people_losing_access"),
        "grants_kept": figures.get("grants_kept"),
    }
