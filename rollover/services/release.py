"""A school held after an undone rollover takes its families' records again."""

from uuid import UUID

from django.db import transaction

from core import audit
from rollover.signals import schools_released
from schools.models import School


@transaction.atomic
def release_schools(*, schools: list[int], by: UUID | None = None) -> list[int]:
    """Releases those of these schools that are held; answers their ids. Rooms above hear of it after commit."""
    held = list(
        School.objects.select_for_update(of=("self",), no_key=True).filter(
            pk__in=schools, held_at__isnull=False
        )
    )
    ids = [school.pk for school in held]
    with audit.acting(by=by):
        School.objects.filter(pk__in=ids).update(held_at=None)
        audit.record_all([audit.Entry(verb="school.released", school=school.uuid) for school in held])
    if ids:
        transaction.on_commit(lambda: schools_released.send(sender=School, schools=ids))
    return ids
