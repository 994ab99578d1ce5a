"""`rollover_release --school UAI`: a school held after an undone rollover takes its families' records again."""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from rollover.services.release import release_schools
from schools.models import School


class Command(CartableCommand):
    help = "Débloque une école retenue après une bascule annulée : ses fiches de familles en attente sont reprises."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", required=True, metavar="UAI")

    def act(self, **options: Any) -> dict[str, Any]:
        school = School.objects.filter(uai=options["school"].strip().upper()).first()
        if school is None:
            raise BadUsage(f"L’école {options['school']} n’est pas connue.", remedy="Vérifiez l’UAI.")
        released = bool(release_schools(schools=[school.pk]))
        if released:
            self.say(f"{school.name} est débloquée : ses fiches en attente sont reprises dès maintenant.")
        else:
            self.say(f"{school.name} n’était pas retenue. Rien n’a changé.")
        return {"uai": school.uai, "released": released}
