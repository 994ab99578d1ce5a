"""Summer freezes: families' records wait, and their days count in no delay."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import clock
from core.errors import BadUsage
from feeds.models import Freeze
from schools.models import Academy


class FreezeRunsBackward(BadUsage):
    code = "freeze-backward"
    sentence = "La fin du gel précède son début."
    remedy = "Donnez d’abord le premier jour, puis le dernier."


@transaction.atomic
def freeze(
    *, starts_on: date, ends_on: date, academy_id: int | None = None, by: UUID | None = None
) -> Freeze:
    """Sets a freeze, from its first to its last day included. Raises `FreezeRunsBackward`."""
    if ends_on < starts_on:
        raise FreezeRunsBackward()
    return Freeze.objects.create(
        academy_id=academy_id, starts_on=starts_on, ends_on=ends_on, by=by, made_at=clock.now()
    )


def frozen_on(day: date, *, academy_id: int | None) -> bool:
    """Is this academy frozen on that day? A freeze without academy holds for all."""
    return Freeze.objects.filter(
        Q(academy_id=academy_id) | Q(academy__isnull=True), starts_on__lte=day, ends_on__gte=day
    ).exists()


def frozen_ranges() -> dict[int, list[tuple[date, date]]]:
    """By academy, the first and last days of each freeze: days that count in no delay."""
    found: dict[int, list[tuple[date, date]]] = {
        pk: [] for pk in Academy.objects.values_list("pk", flat=True)
    }
    for academy_id, starts_on, ends_on in Freeze.objects.values_list("academy_id", "starts_on", "ends_on"):
        for academy in found if academy_id is None else [academy_id]:
            found[academy].append((starts_on, ends_on))
    return found
