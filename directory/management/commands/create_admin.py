"""The platform's first administrator."""

from typing import Any

from django.core.management.base import CommandParser

from core.commands import CartableCommand
from directory.services.administrators import create_first_administrator


class Command(CartableCommand):
    help = "Creates the platform's first administrator and prints the login and the activation code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)
        parser.add_argument("--email", default="")
        parser.add_argument("--another", action="store_true", help="one more, beside the first")

    def act(self, *args: Any, **options: Any) -> dict[str, str]:
        made = create_first_administrator(
            first_name=options["first_name"],
            last_name=options["last_name"],
            email=options["email"],
            another=options["another"],
        )
        self.say(f"Identifiant\u00a0: {made.person.username}")
        self.say(f"Code d’activation\u00a0: {made.code}")
        self.say("À la première connexion, ce code se tape à la place du mot de passe.")
        return {
            "login": made.person.username,
            "code": made.code,
            "name": made.person.full_name,
            "uuid": str(made.person.uuid),
        }
