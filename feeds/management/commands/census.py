"""`census`: how many people, classes, groups and shares there are now."""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from feeds.services.census import census
from schools.models import School

PROFILES = {
    "pupil": "élèves", "relative": "parents", "teacher": "enseignants", "staff": "personnels", "guest": "invités",
}  # fmt: skip
STATES = {
    "active": "actifs", "never_activated": "jamais activés", "blocked": "bloqués", "absent": "absents",
    "pre_deleted": "pré-supprimés",
}  # fmt: skip


class Command(CartableCommand):
    help = "Compte les personnes, les classes, les groupes et les partages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--school", default="", metavar="UAI")

    def act(self, **options: Any) -> dict[str, Any]:
        school = None
        if options["school"]:
            school = School.objects.filter(uai=options["school"].strip().upper()).first()
            if school is None:
                raise BadUsage(f"L’école {options['school']} n’est pas connue.", remedy="Vérifiez l’UAI.")
        told = census(school=school)
        for profile, states in told["people"].items():
            parts = [f"{number} {STATES[state]}" for state, number in states.items() if number]
            self.say(f"{PROFILES[profile]} : {', '.join(parts) or 'aucun'}")
        for year, number in told["classes"].items():
            self.say(f"classes {year}-{int(year) + 1} : {number}")
        self.say(f"rattachements à une classe : {told['class_attachments']}")
        self.say(f"groupes : {told['groups']['scolarity']} de scolarité, {told['groups']['manual']} manuels")
        self.say(f"partages : {sum(told['grants'].values())}")
        return told
