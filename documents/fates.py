"""What becomes of what documents knows of a person when their account is erased, or absorbed by another of
theirs. Their files are resources: sharing passes on what others read, and deletes the rest through
`documents.kinds`; at a merge it moves them all."""

from collections.abc import Sequence

from django.db.models import Sum

from accounts import fates
from accounts.ledger import Pair
from documents.models import Allowance, Comment, File, Returned, Star
from documents.services.quota import settle


def erase(people: Sequence[int]) -> None:
    """Their marks and their space end; what they said stays, unsigned."""
    Star.objects.filter(person__in=people).delete()
    Returned.objects.filter(person__in=people).delete()
    Comment.objects.filter(author__in=people).update(author=None)
    Allowance.objects.filter(person__in=people).delete()


def _add_space(pair: Pair) -> None:
    """What the kept one holds is the sum, whatever their limit; no limit passes."""
    spaces = {space.pk: space for space in Allowance.objects.select_for_update().filter(pk__in=pair.both)}
    theirs = spaces.get(pair.gone)
    if theirs is None:
        return
    if pair.kept not in spaces and theirs.used:
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
