"""`feed_undo RUN`: what a run did is taken back, its turnovers first."""

from typing import Any

from django.core.management.base import CommandParser

from feeds.management.run_command import RunCommand
from feeds.services.undo_run import undo_run


class Command(RunCommand):
    help = "Annule une alimentation appliquée."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_run(parser)

    def act(self, **options: Any) -> dict[str, Any]:
        return self.tell(undo_run(run=self.find(options["run"])))
