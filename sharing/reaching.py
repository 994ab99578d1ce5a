"""What whoever asks reaches by, and the few things that their home page asks about: read once for the request."""

from django.http import HttpRequest

from directory.annuaire.viewer import viewer_of
from sharing.kinds import all_kinds
from sharing.querysets import Few, few_within, reach_from
from sharing.rules import Reach

_REACH = "_sharing_reach"
_FEW = "_sharing_few"


def reach_in(request: HttpRequest) -> Reach:
    """The reach of whoever is signed in."""
    kept: Reach | None = getattr(request, _REACH, None)
    if kept is None:
        viewer = viewer_of(request)
        kept = reach_from(viewer.person, viewer.standpoint)
        setattr(request, _REACH, kept)
    return kept


def few_in(request: HttpRequest, kind: str) -> list[Few]:
    """What whoever is signed in sees of a kind that is `few`, the last changed first: one query for all of them."""
    kept: dict[str, list[Few]] | None = getattr(request, _FEW, None)
    if kept is None:
        kept = {each.key: [] for each in all_kinds() if each.few}
        for found in few_within(reach_in(request), list(kept)):
            kept[found.kind].append(found)
        setattr(request, _FEW, kept)
    return kept[kind]
