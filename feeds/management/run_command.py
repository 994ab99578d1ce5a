"""What the commands about one run share: finding it, telling it, and the exit code of its state."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage, DomainError
from feeds import report
from feeds.enums import RunState
from feeds.models import FeedRun


class RunCommand(CartableCommand):
    """A command that ends by telling a run."""

    def add_run(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, help="numéro de l’alimentation")

    def find(self, number: int) -> FeedRun:
        run = FeedRun.objects.select_related("academy", "school").filter(pk=number).first()
        if run is None:
            raise BadUsage(f"L’alimentation n° {number} n’existe pas.", remedy="feed_runs les liste.")
        return run

    def tell(self, run: FeedRun, *, refused: bool = False) -> dict[str, Any]:
        """Prints the run's report; ends with 3 where a rule refused it."""
        told = report.as_dict(run)
        if refused or run.state == RunState.REFUSED:
            self.end(told, 3)
        for line in report.as_lines(told):
            self.say(line)
        return told

    def end(self, told: dict[str, Any], code: int) -> None:
        if self.as_json:
            self.print_json(told)
        else:
            for line in report.as_lines(told):
                self.stderr.write(line)
        sys.exit(code)

    def refuse(self, error: DomainError) -> None:
        """A run refused before its plan was weighed is written down: the object printed is the same."""
        run = getattr(error, "run", None)
        if run is None:
            super().refuse(error)
            return
        self.end(report.as_dict(run), error.exit_code)
