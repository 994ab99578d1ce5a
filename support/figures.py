"""How many requests there were, about what, and how long they waited: figures, and the bars that draw them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F
from django.db.models.functions import TruncWeek

from core import clock
from support.enums import ENDED, OPEN, Category
from support.querysets import Tickets
from support.topics import topic_of
from ui.french import NBSP, day_short, number

STEP, WIDTH, HEIGHT = 10, 7, 100
HOUR = 3_600


class Median(Aggregate):
    """The middle value: half waited less, half waited more."""

    function = "percentile_cont"
    template = "%(function)s(0.5) within group (order by %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, as it is drawn (out of `HEIGHT`) and told."""

    x: int
    y: int
    height: int
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by week, the oldest first; `top` is what the highest says, `summary` the whole in a sentence."""

    bars: Sequence[Bar]
    width: int
    top: str
    summary: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a kind, of how many of the most frequent."""

    label: str
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a page tells of a period."""

    since: date
    asked: int
    waiting: int
    solved: int
    first_answer: str
    resolution: str
    volume: Chart
    first_answers: Chart
    resolutions: Chart
    categories: Sequence[Share]
    applications: Sequence[Share]


def figures_of(tickets: Tickets, *, weeks: int) -> Figures:
    """Of the requests made in the last so many weeks. Four queries."""
    first = monday(clock.today()) - timedelta(weeks=weeks - 1)
    rows = tickets.filter(opened_at__date__gte=first).order_by()
    waited = {
        "answer": Median(_since("answered_at")),
        "end": Median(_since("ended_at")),
    }
    total = rows.aggregate(n=Count("pk"), **waited)
    states = dict(rows.values_list("state").annotate(n=Count("pk")))
    by_week = {
        each["week"].date(): each
        for each in rows.annotate(week=TruncWeek("opened_at"))
        .values("week")
        .annotate(n=Count("pk"), **waited)
    }
    kinds = list(rows.values_list("category", "application").annotate(n=Count("pk")))
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    return Figures(
        since=first,
        asked=total["n"],
        waiting=sum(states.get(state, 0) for state in OPEN),
        solved=sum(states.get(state, 0) for state in ENDED),
        first_answer=waited_words(total["answer"]),
        resolution=waited_words(total["end"]),
        volume=_chart(days, {day: each["n"] for day, each in by_week.items()}, number, "demandes"),
        first_answers=_delays(days, by_week, "answer", "avant la première réponse"),
        resolutions=_delays(days, by_week, "end", "avant la résolution"),
        categories=_shares({}, kinds, 0, lambda key: Category(key).label),
        applications=_shares({}, kinds, 1, lambda key: topic_of(key).label),
    )


def monday(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())


def waited_words(delay: timedelta | None) -> str:
    """« 40 min », « 6 h », « 3 jours »; a dash where nothing waited."""
    if delay is None:
        return "–"
    hours = delay.total_seconds() / HOUR
    if hours < 1:
        return f"{max(1, round(hours * 60))}{NBSP}min"
    if hours < 48:
        return f"{round(hours)}{NBSP}h"
    return f"{round(hours / 24)}{NBSP}jours"


def _since(column: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(column) - F("opened_at"), output_field=DurationField())


def _delays(days: Sequence[date], weeks: Mapping[date, Any], name: str, words: str) -> Chart:
    hours = {day: each[name].total_seconds() / HOUR for day, each in weeks.items() if each[name] is not None}
    return _chart(days, hours, lambda value: waited_words(timedelta(hours=value)), words)


def _chart(
    days: Sequence[date], values: Mapping[date, float], say: Callable[[float], str], words: str
) -> Chart:
    top = max(values.values(), default=0)
    bars = []
    for n, day in enumerate(days):
        value = values.get(day, 0)
        height = max(2, round(HEIGHT * value / top)) if value else 0
        told = say(value) if value else "–"
        bars.append(Bar(n * STEP, HEIGHT - height, height, f"semaine du {day_short(day)}", told))
    summary = (
        f"{words}, par semaine\u00a0: {say(top)} au plus" if top else f"{words}\u00a0: rien sur la période"
    )
    return Chart(bars, len(days) * STEP, say(top) if top else "", summary)


def _shares(
    found: dict[str, int], kinds: Sequence[tuple[Any, ...]], column: int, label: Callable[[str], str]
) -> list[Share]:
    for row in kinds:
        found[row[column]] = found.get(row[column], 0) + row[2]
    most = max(found.values(), default=1)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], label(pair[0])))
    return [Share(label(key), count, most) for key, count in ranked]
