"""What becomes of what the timeline knows of a person when their account is erased, or absorbed by another of
theirs: what they did stays told, without them; what was told to them goes, or passes."""

from collections.abc import Sequence

from accounts import fates
from accounts.ledger import Pair
from timeline.models import Audience, Preference, Reader, ReadEvent, WaitingMail


def erase(people: Sequence[int]) -> None:
    for model in (WaitingMail, ReadEvent, Preference, Reader, Audience):
        model._base_manager.filter(person__in=people).delete()


def _marks(pair: Pair) -> None:
    """The kept account has read what it has read; the other's mark is set aside."""
    pair.drop(Reader, dict.fromkeys(Reader.objects.filter(pk=pair.gone).values_list("pk", flat=True)))


MERGES = {
    "timeline.Audience.person": fates.moves("timeline.Audience.person", once=["event_id"]),
    "timeline.Preference.person": fates.moves("timeline.Preference.person", once=["kind"]),
    "timeline.Reader.person": _marks,
    "timeline.ReadEvent.person": fates.moves("timeline.ReadEvent.person", once=["event_id"]),
    "timeline.WaitingMail.person": fates.moves("timeline.WaitingMail.person", once=["event_id"]),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("timeline", covers=list(MERGES), erase=erase, merges=MERGES)
