"""The list of runs: its filters, and a cursor that stays right while runs arrive."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from accounts.enums import Source
from admin_console.place import PARAMETER
from feeds.enums import RunState
from feeds.models import FeedRun
from schools.models import School

PAGE = 30
BEFORE, AFTER = "avant", "apres"
TONES = {
    RunState.RUNNING: ("info", "refresh"),
    RunState.APPLIED: ("ok", "circle-check"),
    RunState.DRY: ("info", "eye"),
    RunState.REFUSED: ("bad", "circle-x"),
    RunState.PARKED: ("warn", "hourglass"),
    RunState.SUPERSEDED: ("", "history"),
    RunState.UNDONE: ("", "arrow-back-up"),
    RunState.FAILED: ("bad", "alert-triangle"),
}
FED = (Source.AAF1D, Source.AAF2D, Source.ONDE_CSV)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; what it says wrong is left aside."""

    state: RunState | None
    source: Source | None
    school: School | None = None

    @classmethod
    def read(cls, query: QueryDict, school: School | None = None) -> "Filters":
        state, source = query.get("etat", ""), query.get("source", "")
        return cls(
            RunState(state) if state in RunState.values else None,
            Source(source) if source in FED else None,
            school,
        )

    def of(self, runs: QuerySet[FeedRun]) -> QuerySet[FeedRun]:
        if self.state is not None:
            runs = runs.filter(state=self.state)
        return runs if self.source is None else runs.filter(source=self.source)

    def address(self, **more: object) -> str:
        """The list's address with these filters, or with others given in their place."""
        school = self.school.uuid if self.school else None
        told: dict[str, Any] = {PARAMETER: school, "etat": self.state, "source": self.source, **more}
        query = urlencode({key: str(value) for key, value in told.items() if value})
        return reverse("console:runs") + (f"?{query}" if query else "")

    @property
    def cleared(self) -> str:
        return self.address(etat=None, source=None)

    @property
    def on(self) -> bool:
        return self.state is not None or self.source is not None

    @property
    def states(self) -> list[dict[str, Any]]:
        """A link for each state, and one for all."""
        choices = [(None, "toutes"), *((state, state.label) for state in RunState)]
        return [
            {"label": label, "url": self.address(etat=state), "current": state == self.state}
            for state, label in choices
        ]

    @property
    def sources(self) -> list[dict[str, Any]]:
        choices = [(None, "toutes"), *((source, source.label) for source in FED)]
        return [
            {"label": label, "url": self.address(source=source), "current": source == self.source}
            for source, label in choices
        ]


@dataclass(frozen=True, slots=True)
class Slice:
    """Some runs, newest first, and the addresses of what stands before and after them."""

    runs: list[FeedRun]
    newer_url: str
    older_url: str


def slice_of(runs: QuerySet[FeedRun], filters: Filters, query: QueryDict) -> Slice:
    """The runs at a cursor: `avant=N` those older than N, `apres=N` those newer. One query."""
    before, after = _number(query.get(BEFORE)), _number(query.get(AFTER))
    asked = filters.of(runs)
    if after is not None:
        found = list(asked.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        shown = list(reversed(found[:PAGE]))
        newer, older = len(found) > PAGE, True
    else:
        if before is not None:
            asked = asked.filter(pk__lt=before)
        found = list(asked.order_by("-pk")[: PAGE + 1])
        shown = found[:PAGE]
        newer, older = before is not None, len(found) > PAGE
    return Slice(
        shown,
        filters.address(**{AFTER: shown[0].pk}) if shown and newer else "",
        filters.address(**{BEFORE: shown[-1].pk}) if shown and older else "",
    )


def tone(run: FeedRun) -> str:
    return TONES[RunState(run.state)][0]


def icon(run: FeedRun) -> str:
    return TONES[RunState(run.state)][1]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
