"""Floor, first import, unchanged import, next year's import, floor again: so many times for one size."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import quiet
from bench.server import Server

#: What an academy of the generator has, by pupil: people in all, and pupils by school.
PEOPLE_A_PUPIL = 2.074
PUPILS_A_SCHOOL = 200
SEED = 7
YEAR = 2026
IMPORTS = ("first", "unchanged", "next-year")
#: What changes nothing is done twice, as the floor is; the lower of the two is told.
TIMES = {"first": 1, "unchanged": 2, "next-year": 1}


class Wrong(SystemExit):
    """An import did not do what it is measured for."""


@dataclass(frozen=True)
class Sets:
    """An academy's set, and the same academy's a year later, with the people in each."""

    now: Path
    later: Path
    people: int
    people_later: int

    def of(self, name: str) -> tuple[Path, int]:
        return (self.later, self.people_later) if name == "next-year" else (self.now, self.people)


def make_sets(server: Server, size: int) -> Sets:
    """About `size` people; the same ones whenever it is called."""
    pupils = round(size / PEOPLE_A_PUPIL)
    made = {}
    for offset in (0, 1):
        folder = server.data / "sets" / f"{size}-{offset}"
        words = {
            "--schools": max(1, round(pupils / PUPILS_A_SCHOOL)), "--pupils": pupils, "--seed": SEED,
            "--year": YEAR, "--year-offset": offset, "--out": folder,
        }  # fmt: skip
        flat = [str(part) for pair in words.items() for part in pair]
        server.run("manage.py", "make_feed", *flat, "--json", database="bench_migrated")
        made[offset] = folder, json.loads((folder / "manifest.json").read_text())["counts"]["people"]
    return Sets(made[0][0], made[1][0], made[0][1], made[1][1])


def measure(server: Server, sets: Sets) -> dict[str, Any]:
    """One run in a new database: seconds of each import, of the lower of two floors of its files, of their parse.

    `busy`: how many of its `measures` were taken while something else was at work on the machine.
    """
    server.new_database()
    floors: dict[Path, list[dict[str, Any]]] = {sets.now: [], sets.later: []}
    done: dict[str, Any] = {}
    alone: list[bool] = []
    for folder in floors:
        floors[folder].append(_floor(server, folder))
    for name in IMPORTS:
        tries = [_import(server, name, sets) for _ in range(TIMES[name])]
        done[name] = min(tries, key=lambda told: float(told["seconds"]))
        alone += [told["alone"] for told in tries]
    for folder in floors:
        floors[folder].append(_floor(server, folder))
    for name in IMPORTS:
        for told, measured in (("floor", "seconds"), ("parse", "parse")):
            done[name][told] = min(floor[measured] for floor in floors[sets.of(name)[0]])
    alone += [floor["alone"] for measured in floors.values() for floor in measured]
    return done | {"busy": alone.count(False), "measures": len(alone)}


def series(server: Server, size: int, runs: int) -> dict[str, Any]:
    """Medians over `runs`; the ratio is the median of the runs' own ratios."""
    sets = make_sets(server, size)
    all_runs = []
    for number in range(runs):
        told = measure(server, sets)
        all_runs.append(told)
        ratios = ", ".join(f"{name} {told[name]['seconds'] / told[name]['floor']:.2f}" for name in IMPORTS)
        sys.stderr.write(f"{size}: run {number + 1} of {runs}, times the floor: {ratios}\n")
    return {
        "runs": runs,
        "busy": sum(run["busy"] for run in all_runs),
        "measures": sum(run["measures"] for run in all_runs),
        "imports": {name: _middle(sets.of(name)[1], [run[name] for run in all_runs]) for name in IMPORTS},
    }


def _import(server: Server, name: str, sets: Sets) -> dict[str, Any]:
    alone = quiet.wait()
    told: dict[str, Any] = json.loads(server.run("-m", "bench.importing", str(sets.of(name)[0])))
    _expect(name, told, sets)
    return told | {"alone": alone}


def _floor(server: Server, folder: Path) -> dict[str, Any]:
    alone = quiet.wait()
    told: dict[str, Any] = json.loads(server.run("-m", "bench.floor", str(folder), server.conninfo))
    return told | {"alone": alone}


def _middle(people: int, runs: list[dict[str, Any]]) -> dict[str, Any]:
    phases = {phase for run in runs for phase in run["phases"]}
    spent = {phase: median(run["phases"].get(phase, 0) for run in runs) for phase in phases}
    return {
        "people": people,
        "seconds": round(median(run["seconds"] for run in runs), 2),
        "floor": round(median(run["floor"] for run in runs), 2),
        "parse": round(median(run["parse"] for run in runs), 2),
        "ratio": round(median(run["seconds"] / run["floor"] for run in runs), 2),
        "lowest": round(min(run["seconds"] / run["floor"] for run in runs), 2),
        "highest": round(max(run["seconds"] / run["floor"] for run in runs), 2),
        "phases": {phase: round(seconds, 2) for phase, seconds in sorted(spent.items())},
        "outside": round(median(run["seconds"] - sum(run["phases"].values()) for run in runs), 2),
        "memory": {who: max(run["memory"][who] for run in runs) for who in ("importer", "readers")},
    }


def _expect(name: str, told: dict[str, Any], sets: Sets) -> None:
    """The right answer, slow or fast: raises `Wrong` for any other."""
    people = [told["counts"][kind] for kind in ("pupils", "relatives", "staff")]
    created = sum(kind["created"] for kind in people)
    unchanged = sum(kind["unchanged"] for kind in people)
    right = {
        "first": created == sets.people,
        "unchanged": unchanged == sets.people and created == 0,
        "next-year": 0 < created < sets.people_later and unchanged < sets.people_later,
    }[name]
    if told["state"] != "applied" or not right:
        raise Wrong(f"{name}: {told['state']}, {told['counts']}")
