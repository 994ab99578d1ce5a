"""A turn rehearsed: told exactly, kept, and nothing changed."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from core import audit, clock
from core.progress import SILENT, Progress
from rollover.errors import NoClassYet
from rollover.models import Rehearsal
from rollover.services.preview import preview_school
from schools.models import School

KEPT = 5


def rehearse(*, school: School, by: UUID | None = None, year: int | None = None) -> Rehearsal:
    """What the turn of a school to its next year would do now, kept beside its last ones. Raises `NoClassYet`."""
    found = preview_school(school, year, most=0)
    if found is None or school.class_year is None:
        raise NoClassYet(uai=school.uai)
    with audit.acting(by=by):
        made = Rehearsal.objects.create(
            school=school,
            from_year=school.class_year,
            to_year=found.year,
            at=clock.now(),
            by=by,
            told=found.kept(),
        )
        last = list(Rehearsal.objects.filter(school=school).values_list("pk", flat=True)[:KEPT])
        Rehearsal.objects.filter(school=school, pk__lt=last[-1]).delete()
        audit.record("school.turn_rehearsed", school=school.uuid, after={"year": found.year})
    return made


def rehearse_all(
    *, schools: Iterable[School], by: UUID | None = None, progress: Progress = SILENT
) -> list[Rehearsal]:
    """Each of these that has classes to turn, a transaction each."""
    asked = [school for school in schools if school.class_year is not None]
    progress.step("Répétition, école par école", len(asked))
    made = []
    for school in asked:
        with transaction.atomic():
            made.append(rehearse(school=school, by=by))
        progress.advance()
    return made


def last_rehearsal(school: School) -> Rehearsal | None:
    return Rehearsal.objects.filter(school=school).first()
