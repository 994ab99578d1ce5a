"""`manage.py make_feed`: files of a synthetic academy, and what must come out of them."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.errors import BadUsage
from demo.academy import Recipe, demo_recipe, demo_year, make_college_set, make_csv, make_set, shown_year
from demo.academy.aaf import RECORDS_A_FILE
from demo.academy.onde_csv import LAYOUTS

SHORT = ("academy", "date", "year", "files", "counts", "differences", "school", "name", "layout")


class Command(CartableCommand):
    help = "Write the AAF 1D file set (or its collèges' AAF 2D set, or one school's ONDE CSV files) of a synthetic academy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--schools", type=_positive, help="an academy of so many schools")
        which.add_argument("--demo", action="store_true", help="the very academy that `make demo` shows")
        parser.add_argument("--seed", type=int, help="another seed, another academy (default 1)")
        parser.add_argument("--pupils", type=_positive, help="so many pupils in all, exactly")
        parser.add_argument("--academy", help="its name, also in the names of files (default EXEMPLE)")
        parser.add_argument("--academy-code", help="its code (default 24)")
        parser.add_argument(
            "--year", type=int, help="first school year, 2026 for 2026-2027 (default: running)"
        )
        parser.add_argument(
            "--year-offset", type=_natural, help="so many school years later (default 0; 1 with --college)"
        )
        parser.add_argument(
            "--college",
            action="store_true",
            help="the AAF 2D set of its collèges, whose pupils were in its CM2 the year before",
        )
        parser.add_argument("--staff-only", action="store_true", help="late August's set: schools and staff")
        parser.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD, the day the set bears")
        parser.add_argument(
            "--per-file", type=_positive, default=RECORDS_A_FILE, help="records in an XML file"
        )
        parser.add_argument("--onde-csv", metavar="UAI", help="this school's ONDE CSV files instead")
        parser.add_argument(
            "--onde-layout", choices=LAYOUTS, default="today", help="columns of the pupils' file"
        )
        parser.add_argument("--out", type=Path, required=True, help="an empty or new folder")

    def act(self, **options: Any) -> dict[str, Any]:
        recipe = _recipe(options)
        out: Path = options["out"]
        later = options["year_offset"]
        if options["onde_csv"]:
            _refuse_beside_csv(options)
            told = make_csv(
                recipe,
                out,
                uai=options["onde_csv"],
                year_offset=later or 0,
                layout=options["onde_layout"],
            )
        else:
            make, first = (make_college_set, 1) if options["college"] else (make_set, 0)
            told = make(
                recipe,
                out,
                year_offset=first if later is None else later,
                staff_only=options["staff_only"],
                day=options["date"],
                records_a_file=options["per_file"],
            )
        self._tell(told, out)
        return {name: told[name] for name in SHORT if name in told} | {"out": str(out)}

    def _tell(self, told: dict[str, Any], out: Path) -> None:
        words = {
            "schools": "collèges" if told.get("degree") == 2 else "écoles",
            "classes": "classes",
            "pupils": "élèves",
            "relatives": "parents",
            "staff": "personnels",
            "teachers": "enseignants",
            "ties": "liens",
        }
        counted = ", ".join(
            f"{told['counts'][name]} {word}" for name, word in words.items() if name in told["counts"]
        )
        self.say(f"Année {told['year']}-{told['year'] + 1}\u00a0: {counted}.")
        self.say(f"Écrit dans {out}, avec manifest.json, qui dit ce qui doit en sortir.")


def _refuse_beside_csv(options: dict[str, Any]) -> None:
    if options["college"]:
        raise BadUsage(
            "--onde-csv ne va pas avec --college\u00a0: ONDE est du premier degré.",
            remedy="Ôtez l’une des deux options.",
        )
    if options["staff_only"] or options["date"]:
        raise BadUsage(
            "--onde-csv ne va ni avec --staff-only ni avec --date\u00a0: ces fichiers ne portent pas de date.",
            remedy="Ôtez l’une des deux options.",
        )


def _recipe(options: dict[str, Any]) -> Recipe:
    year = options["year"]
    if year is None:
        year = shown_year(settings.CARTABLE_DATA) if options["demo"] else demo_year()
    if not 2000 <= year <= 2100:
        raise BadUsage(
            f"{year} n’est pas une année scolaire.", remedy="Donnez par exemple 2026 pour 2026-2027."
        )
    if options["demo"]:
        if any(options[name] is not None for name in ("seed", "pupils", "academy", "academy_code")):
            raise BadUsage(
                "L’académie de démonstration est toujours la même\u00a0: --demo ne va ni avec --seed, ni avec "
                "--pupils, ni avec --academy ou --academy-code.",
                remedy="Pour une autre académie, donnez --schools à la place de --demo.",
            )
        return demo_recipe(year)
    seed = 1 if options["seed"] is None else options["seed"]
    recipe = Recipe(seed=seed, schools=options["schools"], year=year, pupils=options["pupils"])
    named = {name: options[name] for name in ("academy", "academy_code") if options[name] is not None}
    return replace(recipe, **named)


def _positive(text: str) -> int:
    number = _natural(text)
    if number == 0:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text}: not a number")
    return int(text)
