"""What becomes of what documents knows of a person when their account is erased, or absorbed by another of
theirs. Their files are resources: sharing passes on what others read, and deletes the rest through
`documents.kinds`; at a merge it moves them all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from accounts import fates
from accounts.fates import Left
from accounts.ledger import Pair
from accounts.left_behind import counts
from accounts.objections import objectors_among
from documents import spaces
from documents.models import Allowance, Comment, File, Returned, Star, Use
from documents.services.quota import settle
from sharing.models import Resource
from sharing.services.resources import lay_in


def erase(people: Sequence[int]) -> dict[int, Left]:
    """Their marks and their space end; what they said stays, unsigned, or goes with who objected. A file that
    others' things show goes where those go; of who objected, that alone of which readers hold a copy."""
    objecting = objectors_among(people)
    told = fates.tally(objecting, counts(comments_left(people), "author"))
    _lay_where_used(people, objecting)
    Comment.objects.filter(author__in=objecting).delete()
    Star.objects.filter(person__in=people).delete()
    Returned.objects.filter(person__in=people).delete()
    Comment.objects.filter(author__in=people).update(author=None)
    Allowance.objects.filter(person__in=people).delete()
    return told


def comments_left(people: Sequence[int]) -> QuerySet[Comment, Comment]:
    """What these people said of others' files."""
    said = Comment.objects.filter(author__in=people, resource__trashed_at__isnull=True)
    return said.exclude(resource__owner=F("author"))


def _lay_where_used(people: Sequence[int], objecting: Collection[int]) -> None:
    uses = Use.objects.filter(
        file__kept=True,
        file__resource__owner__in=people,
        file__resource__parent__isnull=True,
        file__resource__trashed_at__isnull=True,
    ).exclude(~Q(space__in=spaces.of_copies()), file__resource__owner__in=objecting)
    by_space: dict[str, dict[UUID, set[int]]] = defaultdict(lambda: defaultdict(set))
    for space, subject, file in uses.order_by("pk").values_list("space", "subject", "file_id"):
        by_space[space][subject].add(file)
    places: dict[int, list[int]] = defaultdict(list)
    for space, subjects in sorted(by_space.items()):
        user = spaces.user_of(space)
        found = user.resources_of(list(subjects)) if user is not None and user.resources_of else {}
        for subject, resource in found.items():
            for file in subjects[subject]:
                places[file].append(resource)
    known = {key for resources in places.values() for key in resources}
    theirs = set(Resource.objects.filter(pk__in=known, owner__in=people).values_list("pk", flat=True))
    # Of several, a thing of somebody who stays.
    lay_in({file: min(found, key=lambda key: (key in theirs, key)) for file, found in places.items()})


def _add_space(pair: Pair) -> None:
    """What the kept one holds is the sum, whatever their limit; no limit passes."""
    rows = {row.pk: row for row in Allowance.objects.select_for_update().filter(pk__in=pair.both)}
    theirs = rows.get(pair.gone)
    if theirs is None:
        return
    if pair.kept not in rows and theirs.used:
        pair.added(Allowance, [pair.kept])
    pair.drop(Allowance, {pair.gone: None})
    settle({pair.kept: theirs.used})
    # What other applications hold passes with their own rows, which they count themselves.


def part_space(pair: Pair) -> None:
    """Each is counted what their files weigh now."""
    files = File.objects.filter(resource__owner__in=pair.both).order_by().values_list("resource__owner")
    weights = dict(files.annotate(weight=Sum("charged")))
    used = dict(Allowance.objects.filter(pk__in=pair.both).values_list("pk", "used"))
    settle({key: weights.get(key, 0) - used.get(key, 0) for key in pair.both})
    made = pair.made(Allowance)
    Allowance.objects.filter(pk__in=made, used=0, limit=None).delete()


MERGES = {
    "documents.Allowance.person": _add_space,
    "documents.Comment.author": fates.moves("documents.Comment.author"),
    "documents.Returned.person": fates.moves("documents.Returned.person"),
    "documents.Star.person": fates.moves("documents.Star.person", once=["resource_id"]),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("documents", covers=list(MERGES), erase=erase, merges=MERGES, unmerged=part_space)
