"""`import_feed aaf1d PATH` and `import_feed onde-csv PATH --school UAI`: a set comes in."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import DomainError
from feeds import report
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.services.import_aaf1d import import_aaf1d
from feeds.services.import_csv import import_onde_csv


class Command(CartableCommand):
    help = "Importe une alimentation : un ensemble AAF 1D, ou l’export CSV d’ONDE pour une école."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=["aaf1d", "onde-csv"])
        parser.add_argument("path", type=Path, help="dossier, zip ou tar.gz")
        parser.add_argument("--academy", default="", metavar="CODE")
        parser.add_argument("--school", default="", metavar="UAI")
        parser.add_argument("--create-school", default="", metavar="NOM")
        parser.add_argument("--year", type=int, default=None, help="2026 pour 2026-2027 (CSV)")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien changer")
        parser.add_argument("--accept-departures", action="store_true", help="applique malgré les départs")

    def act(self, **options: Any) -> dict[str, Any]:
        common = {key: options[key] for key in ("path", "academy", "dry_run", "accept_departures")}
        with self.progress() as progress:
            if options["format"] == "aaf1d":
                run = import_aaf1d(**common, progress=progress)
            else:
                csv = {
                    "uai": options["school"],
                    "create_school": options["create_school"],
                    "year": options["year"],
                }
                run = import_onde_csv(**common, **csv, progress=progress)
        return self.tell(run)

    def tell(self, run: FeedRun) -> dict[str, Any]:
        told = report.as_dict(run)
        if run.state == RunState.REFUSED:
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
        """Before its plan is weighed: the run is written down, and the object is the same."""
        run = getattr(error, "run", None)
        if run is None:
            super().refuse(error)
            return
        self.end(report.as_dict(run), error.exit_code)
