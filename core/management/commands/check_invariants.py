"""`manage.py check_invariants`: what must always be true, asked of the database."""

import sys
from typing import Any

from core import invariants
from core.commands import CartableCommand
from core.invariants import Broken


class Command(CartableCommand):
    help = "Check the rules that must always hold; exit 1 and show the rows that break them."

    def act(self, **options: Any) -> None:
        broken = invariants.run_all()
        checked = len(invariants.registered())
        if self.as_json:
            self.print_json({"checked": checked, "broken": [_told(each) for each in broken]})
        for each in broken:
            self.say(f"✗ {each.invariant.sentence} ({each.invariant.name}\u00a0: {each.count})")
            for row in each.rows:
                self.say("    " + ", ".join(f"{name}={value}" for name, value in row.items()))
        if broken:
            sys.exit(1)
        self.say(f"Règles vérifiées\u00a0: {checked}, toutes tiennent.")


def _told(broken: Broken) -> dict[str, Any]:
    rule = broken.invariant
    return {"name": rule.name, "sentence": rule.sentence, "count": broken.count, "rows": broken.rows}
