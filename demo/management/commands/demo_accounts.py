"""`manage.py demo_accounts`: who can sign in to the demo, and how."""

from typing import Any

from core.commands import CartableCommand
from demo import accounts


class Command(CartableCommand):
    help = "List the demo's accounts with their passwords."

    def act(self, **options: Any) -> list[dict[str, str]]:
        found = accounts.listed()
        self.say(accounts.table(found))
        return [each.as_dict() for each in found]
