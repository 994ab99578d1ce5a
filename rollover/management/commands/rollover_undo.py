"""`rollover_undo RUN`: what a rollover ended comes back."""

from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from rollover import undoing
from rollover.models import Turnover
from rollover.services.roll import DRY, UNDONE
from rollover.services.undo import undo_run
from schools.models import School


class Command(CartableCommand):
    help = "Annule une bascule : classes, détachements et partages reviennent comme ils étaient."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", metavar="RUN", help="la bascule, telle que rollover_runs la nomme")
        parser.add_argument(
            "--dry-run", action="store_true", help="dit ce qui reviendrait, et ne change rien"
        )

    def act(self, **options: Any) -> dict[str, Any]:
        try:
            run = UUID(options["run"])
        except ValueError:
            raise BadUsage(
                f"« {options['run']} » ne nomme pas une bascule.", remedy="rollover_runs les liste."
            ) from None
        if options["dry_run"]:
            return self._foresee(run)
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

    def _foresee(self, run: UUID) -> dict[str, Any]:
        turnovers = list(Turnover.objects.filter(run=run, undone_at__isnull=True).select_related("school"))
        if refusal := undoing.refusal_of(turnovers):
            raise refusal
        back = undoing.foresee(turnovers)
        told = {each.school.uai: back[each.school_id] for each in turnovers}
        for uai, each in sorted(told.items()):
            self.say(
                f"{uai}  {each.count} partage(s) et {each.attachments} rattachement(s) de classe reviendraient, "
                f"{each.set_aside} seraient mis de côté"
            )
        self.say("Essai à blanc : rien n’a changé.")
        return {
            "run": str(run),
            "state": DRY,
            "schools": [{"uai": uai, **each.kept()} for uai, each in sorted(told.items())],
        }
