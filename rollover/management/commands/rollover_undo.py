"""`rollover_undo RUN`: what a rollover ended comes back."""

from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from rollover.services.roll import UNDONE
from rollover.services.undo import undo_run
from schools.models import School


class Command(CartableCommand):
    help = "Annule une bascule : classes, détachements et partages reviennent comme ils étaient."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", metavar="RUN", help="la bascule, telle que rollover_runs la nomme")

    def act(self, **options: Any) -> dict[str, Any]:
        try:
            run = UUID(options["run"])
        except ValueError:
            raise BadUsage(
                f"« {options['run']} » ne nomme pas une bascule.", remedy="rollover_runs les liste."
            ) from None
        undone = undo_run(run=run)
        schools = School.objects.filter(pk__in=undone.schools).order_by("uai")
        for school in schools:
            held = ", retenue jusqu’à rollover_release" if school.held_at else ""
            self.say(f"{school.uai}  revient à {school.class_year}-{(school.class_year or 0) + 1}{held}")
        self.say(f"{undone.grants_restored} partage(s) sont de nouveau comme ils étaient.")
        for note in undone.notes:
            self.say(note)
        return {
            "run": str(run),
            "state": UNDONE,
            "schools": [{"uai": s.uai, "year": s.class_year, "held": s.held_at is not None} for s in schools],
            "grants_restored": undone.grants_restored,
            "lost": [*undone.lost, *undone.grants_lost],
            "notes": undone.notes,
        }
