"""What becomes of what the cahier de textes knows of a person when their account is erased, or absorbed by
another of theirs. What they wrote stays in its book, under the name that they bore."""

from collections.abc import Sequence

from django.db.models import Q

from accounts import fates
from notebooks.models import HomeworkCalendar, HomeworkEntry, HomeworkTick


def erase(people: Sequence[int]) -> None:
    HomeworkTick.objects.filter(pupil__in=people).delete()
    HomeworkCalendar.objects.filter(Q(holder__in=people) | Q(pupil__in=people)).delete()
    HomeworkEntry.objects.filter(author__in=people).update(author=None)


MERGES = {
    "notebooks.HomeworkEntry.author": fates.moves("notebooks.HomeworkEntry.author"),
    "notebooks.HomeworkTick.pupil": fates.moves("notebooks.HomeworkTick.pupil", once=["entry_id"]),
    "notebooks.HomeworkCalendar.holder": fates.moves("notebooks.HomeworkCalendar.holder", once=["pupil_id"]),
    "notebooks.HomeworkCalendar.pupil": fates.moves("notebooks.HomeworkCalendar.pupil", once=["holder_id"]),
}
