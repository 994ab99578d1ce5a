"""What whoever asks reaches by, read once for the request."""

from django.http import HttpRequest

from directory.annuaire.viewer import viewer_of
from sharing.querysets import reach_from
from sharing.rules import Reach

_REACH = "_sharing_reach"


def reach_in(request: HttpRequest) -> Reach:
    """The reach of whoever is signed in."""
    kept: Reach | None = getattr(request, _REACH, None)
    if kept is None:
        viewer = viewer_of(request)
        kept = reach_from(viewer.person, viewer.standpoint)
        setattr(request, _REACH, kept)
    return kept
