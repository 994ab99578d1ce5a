"""`feed_runs`: the last runs, newest first."""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from feeds.enums import RunState
from feeds.models import FeedRun


class Command(CartableCommand):
    help = "Liste les alimentations, de la plus récente à la plus ancienne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--academy", default="", metavar="CODE")
        parser.add_argument("--state", choices=RunState.values, default="")
        parser.add_argument("--limit", type=int, default=20)

    def act(self, **options: Any) -> list[dict[str, Any]]:
        runs = FeedRun.objects.select_related("academy", "school").order_by("-pk")
        if options["academy"]:
            runs = runs.filter(academy__code=options["academy"])
        if options["state"]:
            runs = runs.filter(state=options["state"])
        told = [
            {
                "run": run.pk, "state": run.state, "source": run.source, "fed_on": run.fed_on,
                "academy": run.academy.code if run.academy else None,
                "school": run.school.uai if run.school else None, "origin": run.origin,
                "started_at": run.started_at, "finished_at": run.finished_at,
            }
            for run in runs[: options["limit"]]
        ]  # fmt: skip
        if not told:
            self.say("Aucune alimentation.")
        for run in told:
            where = run["school"] or run["academy"] or "académie inconnue"
            day = f"{run['fed_on']:%d/%m/%Y}" if run["fed_on"] else "sans date"
            label = RunState(run["state"]).label
            self.say(
                f"n° {run['run']:>5}  {label:<14} {run['source']:<9} {where:<12} {day:<11} {run['origin']}"
            )
        return told
