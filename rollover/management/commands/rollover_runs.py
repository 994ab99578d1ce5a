"""`rollover_runs`: the turnovers of schools, by commands and by feeds, newest first."""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from rollover.models import Turnover
from rollover.querysets import state_of

STATES = {"applied": "faite", "undone": "annulée"}


class Command(CartableCommand):
    help = "Liste les bascules des écoles, automatiques ou demandées, de la plus récente à la plus ancienne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=0, help="au plus ce nombre de lignes ; sinon toutes")

    def act(self, **options: Any) -> list[dict[str, Any]]:
        turnovers = Turnover.objects.select_related("school").order_by("-pk")
        if options["limit"] > 0:
            turnovers = turnovers[: options["limit"]]
        told: list[dict[str, Any]] = [
            {"run": str(each.run), "uai": each.school.uai, "year": each.to_year, "state": state_of(each)}
            for each in turnovers
        ]
        if not told:
            self.say("Aucune bascule.")
        for row in told:
            self.say(f"{row['run']}  {row['uai']}  {row['year']}-{row['year'] + 1}  {STATES[row['state']]}")
        return told
