"""Whether a pupil may be seen in a picture: the strictest of what ONDE, the school and legal relatives say."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from directory.enums import ConsentBy
from directory.models import Guardianship, PhotoConsent


def photo_allowed(words: Iterable[bool]) -> bool:
    """Somebody said yes, and nobody said no; where nothing was said, no."""
    said = list(words)
    return bool(said) and all(said)


def words_that_count(pupils: Iterable[int]) -> QuerySet[PhotoConsent]:
    """What was said about these pupils by ONDE, the school, and relatives who are legally responsible now."""
    legal = Guardianship.objects.filter(
        pupil_id=OuterRef("pupil_id"), relative_id=OuterRef("relative_id"), legal=True, ended_on__isnull=True
    )
    institutions = Q(said_by__in=[ConsentBy.ONDE, ConsentBy.SCHOOL])
    return PhotoConsent.objects.filter(institutions | Q(Exists(legal)), pupil_id__in=list(pupils))


def pupils_in_pictures(pupils: Iterable[User]) -> set[int]:
    """Which of these pupils may be seen in a picture, by primary key: the twin of `photo_allowed`. One
    query."""
    said: dict[int, list[bool]] = {pupil.pk: [] for pupil in pupils}
    for pupil, allowed in words_that_count(said).values_list("pupil_id", "allowed"):
        said[pupil].append(allowed)
    return {pupil for pupil, words in said.items() if photo_allowed(words)}
