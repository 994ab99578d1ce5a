"""`rollover --school UAI | --academy CODE [--year Y] [--dry-run]`: schools pass to the year that begins."""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from rollover.figures import purged_in
from rollover.services.roll import Rolled, roll_academy, roll_school
from schools.models import Academy, School


class Command(CartableCommand):
    help = "Fait passer une école, ou celles d’une académie, à l’année scolaire qui commence."

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--school", metavar="UAI", default="")
        where.add_argument("--academy", metavar="CODE", default="")
        parser.add_argument(
            "--year", type=int, default=None, help="l’année qui commence ; sinon celle en cours"
        )
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui se ferait, et ne change rien")

    def act(self, **options: Any) -> dict[str, Any]:
        asked = {"year": options["year"], "dry_run": options["dry_run"]}
        if options["school"]:
            rolled = roll_school(school=self._school(options["school"]), **asked)
        else:
            with self.progress() as progress:
                rolled = roll_academy(academy=self._academy(options["academy"]), progress=progress, **asked)
        self._tell(rolled)
        return rolled.as_dict()

    def _school(self, uai: str) -> School:
        school = School.objects.filter(uai=uai.strip().upper()).first()
        if school is None:
            raise BadUsage(f"L’école {uai} n’est pas connue.", remedy="Vérifiez l’UAI.")
        return school

    def _academy(self, code: str) -> Academy:
        academy = Academy.objects.filter(code=code.strip()).first()
        if academy is None:
            raise BadUsage(f"L’académie {code} n’est pas connue.", remedy="Vérifiez le code.")
        return academy

    def _tell(self, rolled: Rolled) -> None:
        for school in rolled.schools:
            purged = purged_in(school)
            self.say(
                f"{school['uai']}  {school['year']}-{school['year'] + 1}  "
                f"{school['class_attachments_ended']} rattachement(s) de classe, {purged} partage(s) prennent fin, "
                f"{school['people_losing_access']} personne(s) perdent un accès"
            )
        if rolled.run is None:
            self.say("Essai à blanc : rien n’a changé.")
        else:
            self.say(f"Bascule {rolled.run} : {len(rolled.schools)} école(s).")
