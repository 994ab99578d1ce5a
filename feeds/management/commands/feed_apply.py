"""`feed_apply RUN`: a refused or parked run is planned anew and applied."""

from typing import Any

from django.core.management.base import CommandParser

from feeds.enums import RunState
from feeds.management.run_command import RunCommand
from feeds.services.apply_run import apply_run


class Command(RunCommand):
    help = "Applique une alimentation refusée ou mise en attente."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_run(parser)
        parser.add_argument("--accept-departures", action="store_true", help="accepte les départs annoncés")

    def act(self, **options: Any) -> dict[str, Any]:
        run = self.find(options["run"])
        with self.progress() as progress:
            run = apply_run(run=run, accept_departures=options["accept_departures"], progress=progress)
        return self.tell(run, refused=run.state != RunState.APPLIED)
