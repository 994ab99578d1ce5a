"""What becomes of what the cahier de textes knows of a person when their account is erased, or absorbed by
another of theirs. What they wrote stays in its book, under the name that they bore."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import fates
from documents.services import keeping
from notebooks.enums import Stage
from notebooks.models import HomeworkCalendar, HomeworkEntry, HomeworkTick
from notebooks.services.homework_entries import SPACE
from sharing.models import Grant


def left(people: Sequence[int]) -> QuerySet[HomeworkEntry, HomeworkEntry]:
    """What these people wrote that others read."""
    alone = Q(book__resource__owner=F("author")) & ~Exists(Grant.objects.filter(resource=OuterRef("book")))
    shown = HomeworkEntry.objects.filter(stage=Stage.PUBLISHED, trashed_at__isnull=True)
    return shown.filter(author__in=people).exclude(alone)


def erase(people: Sequence[int], objecting: Collection[int] = ()) -> None:
    """What `objecting` wrote goes; ticks and addresses of all of them too."""
    going = HomeworkEntry.objects.filter(author__in=objecting)
    keeping.release(space=SPACE, subjects=list(going.values_list("uuid", flat=True)))
    going.delete()
    HomeworkTick.objects.filter(pupil__in=people).delete()
    HomeworkCalendar.objects.filter(Q(holder__in=people) | Q(pupil__in=people)).delete()
    HomeworkEntry.objects.filter(author__in=people).update(author=None)


MERGES = {
    "notebooks.HomeworkEntry.author": fates.moves("notebooks.HomeworkEntry.author"),
    "notebooks.HomeworkTick.pupil": fates.moves("notebooks.HomeworkTick.pupil", once=["entry_id"]),
    "notebooks.HomeworkCalendar.holder": fates.moves("notebooks.HomeworkCalendar.holder", once=["pupil_id"]),
    "notebooks.HomeworkCalendar.pupil": fates.moves("notebooks.HomeworkCalendar.pupil", once=["holder_id"]),
}
