"""`feed_report RUN`: what a run did, with who was created, moved, restored, absent or changed."""

from typing import Any

from django.core.management.base import CommandParser

from feeds import report
from feeds.enums import PlanAction, PlanKind
from feeds.management.run_command import RunCommand


class Command(RunCommand):
    help = "Montre le rapport d’une alimentation."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_run(parser)
        parser.add_argument("--limit", type=int, default=1000, help="lignes montrées par sorte")

    def act(self, **options: Any) -> dict[str, Any]:
        run = self.find(options["run"])
        told = report.as_dict(run)
        told["details"] = report.details(run, limit=options["limit"])
        for line in report.as_lines(told):
            self.say(line)
        for kind in PlanKind:
            for row in told["details"][kind.value]:
                action = PlanAction(row["action"]).label
                self.say(f"  {kind.label}, {action} : {row['label']}{_where(row)}{_change(row)}")
        return told


def _where(row: dict[str, Any]) -> str:
    return f", {row['school']}" if row["school"] else ""


def _change(row: dict[str, Any]) -> str:
    before, after = row["before"] or {}, row["after"] or {}
    parts = [f"{name} : {before.get(name)} → {after.get(name)}" for name in sorted({*before, *after})]
    return f" ({' ; '.join(parts)})" if parts else ""
