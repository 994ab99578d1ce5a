"""`feed_freeze --from D --to D`: families' records wait through the summer."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from feeds.services.freeze import freeze
from schools.models import Academy


class Command(CartableCommand):
    help = "Gèle les fiches des familles entre deux dates comprises : elles attendent la fin du gel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="starts_on", type=date.fromisoformat, required=True, metavar="AAAA-MM-JJ"
        )
        parser.add_argument(
            "--to", dest="ends_on", type=date.fromisoformat, required=True, metavar="AAAA-MM-JJ"
        )
        parser.add_argument("--academy", default="", metavar="CODE", help="toutes par défaut")

    def act(self, **options: Any) -> dict[str, Any]:
        academy = None
        if options["academy"]:
            academy = Academy.objects.filter(code=options["academy"]).first()
            if academy is None:
                raise BadUsage(
                    f"L’académie « {options['academy']} » n’est pas connue.", remedy="Vérifiez son code."
                )
        made = freeze(
            starts_on=options["starts_on"],
            ends_on=options["ends_on"],
            academy_id=academy.pk if academy else None,
        )
        where = academy.name if academy else "toutes les académies"
        self.say(f"Gel du {made.starts_on:%d/%m/%Y} au {made.ends_on:%d/%m/%Y} pour {where}.")
        return {"from": made.starts_on, "to": made.ends_on, "academy": academy.code if academy else None}
