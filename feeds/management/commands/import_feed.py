"""`import_feed aaf1d PATH`, `import_feed aaf2d PATH` and `import_feed onde-csv PATH --school UAI`: a set comes in."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from feeds.management.run_command import RunCommand
from feeds.services.import_aaf import FORMATS, import_aaf
from feeds.services.import_csv import import_onde_csv

AAF = {dialect.name: source for source, dialect in FORMATS.items()}


class Command(RunCommand):
    help = "Importe une alimentation : un ensemble AAF 1D ou AAF 2D, ou l’export CSV d’ONDE pour une école."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=[*AAF, "onde-csv"])
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
            if options["format"] in AAF:
                run = import_aaf(source=AAF[options["format"]], **common, progress=progress)
            else:
                csv = {
                    "uai": options["school"],
                    "create_school": options["create_school"],
                    "year": options["year"],
                }
                run = import_onde_csv(**common, **csv, progress=progress)
        return self.tell(run)
