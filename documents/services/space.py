"""Where someone's space goes, and what each step would free."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum

from accounts.models import User
from documents import spaces
from documents.enums import Step
from documents.models import File
from documents.querysets import Quota, quota_of, weight_of_trash

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Share:
    """What files of one media type weigh, with their versions, in bytes."""

    media_type: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Freed:
    """What a step would free, in bytes."""

    step: Step
    size: int


@dataclass(frozen=True, slots=True)
class Space:
    """`shares` the heaviest first, trash left out; `largest`, `oldest` files, each with its resource;
    `duplicates`, files of one content, the first kept; `former` what former versions weigh."""

    quota: Quota
    shares: list[Share]
    largest: list[File]
    oldest: list[File]
    duplicates: list[list[File]]
    former: int
    trash: int
    steps: list[Freed]


def free_space(person: User) -> Space:
    """« Libérer de l’espace », for one person. Nine queries at most, whatever the number of files."""
    files = _own(person)
    shares = [
        Share(row["media_type"], row["n"], row["total"])
        for row in files.values("media_type").annotate(n=Count("pk"), total=Sum("charged")).order_by("-total")
    ]
    weight = sum(share.size for share in shares)
    trash = weight_of_trash(person)
    shown = files.select_related("resource", "blob")
    former = files.aggregate(total=Sum(F("charged") - F("size")))["total"] or 0
    steps = [Freed(step, way.weigh(person)) for step, way in spaces.steps()]
    steps += [Freed(Step.FILES, weight), Freed(Step.TRASH, trash)]
    return Space(
        quota=quota_of(person),
        shares=shares,
        largest=list(shown.filter(size__gt=0).order_by("-charged", "pk")[:SHOWN]),
        oldest=list(shown.order_by("resource__changed_at", "pk")[:SHOWN]),
        duplicates=_duplicates(shown),
        former=int(former),
        trash=trash,
        steps=steps,
    )


def _own(person: User) -> QuerySet[File, File]:
    return File.objects.filter(resource__owner=person, resource__trashed_at__isnull=True)


def _duplicates(files: QuerySet[File, File]) -> list[list[File]]:
    """Those of the contents that would free most; at most `SHOWN` contents."""
    doubled = files.filter(size__gt=0).order_by().values("blob").annotate(n=Count("pk")).filter(n__gt=1)
    worst = [
        row["blob"]
        for row in doubled.annotate(lost=(F("n") - 1) * F("blob__size")).order_by("-lost", "blob")[:SHOWN]
    ]
    found: dict[int, list[File]] = {blob: [] for blob in worst}
    for file in files.filter(blob__in=worst).order_by("resource__created_at", "pk")[: 20 * SHOWN]:
        found[file.blob_id].append(file)
    return [group for group in found.values() if len(group) > 1]
