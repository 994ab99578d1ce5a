"""Cases met in the field (`tests/cases`), imported end to end: each on the day of its files."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from accounts.models import User
from core import clock
from core.errors import DomainError
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.services.import_aaf import import_aaf1d
from feeds.services.import_csv import import_onde_csv
from tests.feeds.sets import noon

CASES = Path(__file__).parents[1] / "cases"
AAF, CSV = CASES / "aaf1d", CASES / "onde-csv"
CSV_DAY = date(2026, 9, 21)


def expected(folder: Path) -> dict[str, dict[str, Any]]:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def steps_of(folder: Path, case: str) -> list[tuple[Path, dict[str, Any]]]:
    """The folders of a case in order, each with what must come out."""
    said = expected(folder)[case]
    return [(folder / case / step.get("path", ""), step) for step in said.get("steps", [said])]


def day_of_files(path: Path) -> date:
    stamp = next(path.glob("*.xml")).name.split("_")[3]
    return date.fromisoformat(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}")


def bring_aaf(path: Path) -> tuple[FeedRun, int]:
    """The run, and the exit code of a command that imports this folder."""
    with clock.at(noon(day_of_files(path))):
        return _ended(lambda: import_aaf1d(path=path, academy="EXEMPLE"))


def bring_csv(path: Path, uai: str, *, on: date = CSV_DAY, **options: Any) -> tuple[FeedRun, int]:
    with clock.at(noon(on)):
        return _ended(
            lambda: import_onde_csv(path=path, uai=uai, **{"create_school": "École d’essai", **options})
        )


def _ended(act: Any) -> tuple[FeedRun, int]:
    try:
        run = act()
    except DomainError as error:
        return error.run, error.exit_code  # type: ignore[attr-defined]
    return run, 3 if run.state == RunState.REFUSED else 0


def counted(run: FeedRun, action: str) -> dict[str, int]:
    return {kind: numbers[action] for kind, numbers in run.counts.items()}


def logins() -> dict[int, tuple[str, str]]:
    """What must never change: login and password, by account."""
    return {pk: (name, word) for pk, name, word in User.objects.values_list("pk", "username", "password")}


def people(profile: str) -> set[str]:
    """« NAME First » of everybody of a profile."""
    return {f"{user.last_name} {user.first_name}" for user in User.objects.filter(profile=profile)}


def flaws(run: FeedRun) -> list[tuple[str, str, int | None]]:
    """(code, kind of file, line) of the run's anomalies."""
    return [
        (
            code,
            name.split("_")[4] if name.startswith("ENT_") else name.removesuffix(".csv").split("-")[-1],
            line,
        )
        for code, name, line in run.anomalies.values_list("code", "file", "line")
    ]
