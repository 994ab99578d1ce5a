"""What one run knows of itself from its first step to its last."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.enums import Source
from core import clock
from feeds.models import FeedRun

#: The two degrees feed one academy: whoever one of them states, the other must not miss.
OTHER_DEGREE = {Source.AAF1D: Source.AAF2D, Source.AAF2D: Source.AAF1D}
#: Sources whose records may be joined by name to accounts that the CSV made, within a school.
BY_NAME = frozenset({Source.AAF1D})


@dataclass(slots=True)
class Intake:
    """One set on its way through check, plan, judge and apply.

    `whole`: a record speaks whole for its person, what it leaves empty is emptied (AAF; the CSV never
    empties). `speaks_of_ties`: a tie not stated ends. `speaks_of_pupils`: a pupil not stated is missing. `by_name`: accounts that the CSV made may be
    joined by name. `year` is the CSV's, which bears none; AAF 2D's classes, which bear none either, are of the
    school year that the day of the feed falls in.
    """

    run: FeedRun
    source: Source
    fed_on: date
    year: int | None = None
    school_id: int | None = None
    whole: bool = True
    speaks_of_ties: bool = True
    speaks_of_pupils: bool = True
    by_name: bool = True
    accept_departures: bool = False
    today: date = field(default_factory=clock.today)

    @property
    def params(self) -> dict[str, Any]:
        """The named parameters that the statements share."""
        return {
            "run_id": self.run.pk,
            "run": self.run.uuid,
            "academy_id": self.run.academy_id,
            "school_id": self.school_id,
            "source": self.source.value,
            "fed_on": self.fed_on,
            "feed_year": self.run.year,
            "year": self.run.year if self.source is Source.AAF2D else self.year,
            "other": OTHER_DEGREE[self.source].value if self.source in OTHER_DEGREE else None,
            "whole": self.whole,
            "speaks_of_ties": self.speaks_of_ties,
            "speaks_of_pupils": self.speaks_of_pupils,
            "by_name": self.by_name,
            "today": self.today,
        }
