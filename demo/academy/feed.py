"""From a recipe and a year to a folder: an AAF set of either degree, or one school's CSV files, and the manifest."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import BadUsage
from demo.academy.aaf import RECORDS_A_FILE, feed_day, write_records, write_set
from demo.academy.college_records import college_manifest, college_records
from demo.academy.colleges import colleges_of
from demo.academy.manifest import manifest
from demo.academy.onde_csv import Layout, write_school
from demo.academy.recipe import Recipe
from demo.academy.records import KINDS, STAFF_KINDS
from demo.academy.showcase import demo_sectors
from demo.academy.snapshot import Snapshot
from demo.academy.world import World

MANIFEST = "manifest.json"
WRITTEN = ("ENT_*_Complet_*.xml", "CSVExtraction-*.csv", "ficAlimMENESR.dtd", MANIFEST)
"""What a set that was made here consists of, so that it may be made again in its place."""


def world_of(recipe: Recipe) -> World:
    return World(recipe, demo_sectors() if recipe.showcase else None)


def make_set(
    recipe: Recipe,
    folder: Path,
    *,
    year_offset: int = 0,
    staff_only: bool = False,
    day: date | None = None,
    records_a_file: int = RECORDS_A_FILE,
) -> dict[str, Any]:
    """Writes the academy's set `year_offset` years after its first, and returns its manifest.

    Raises BadUsage when `folder` holds something else than a set made here.
    """
    clear(folder)
    world = world_of(recipe)
    before = None
    for offset in range(1, year_offset + 1):
        before = Snapshot.of(world) if offset == year_offset else None
        world.next_year()
    day = day or feed_day(world.year, staff_only=staff_only)
    files = write_set(world, folder, day=day, staff_only=staff_only, records_a_file=records_a_file)
    told = manifest(world, day=day, files=files, staff_only=staff_only, before=before)
    _write_manifest(folder, told)
    return told


def make_college_set(
    recipe: Recipe,
    folder: Path,
    *,
    year_offset: int = 1,
    staff_only: bool = False,
    day: date | None = None,
    records_a_file: int = RECORDS_A_FILE,
) -> dict[str, Any]:
    """Writes the AAF 2D set of the academy's *collèges*, and returns its manifest.

    Their pupils are those who were in its CM2 the year before (the years before, as far as `year_offset`
    goes). Raises BadUsage as `make_set`, and in the academy's first year, which has nobody to send them.
    """
    if year_offset < 1:
        raise BadUsage(
            "La première année de l’académie n’envoie encore personne au collège.",
            remedy="Donnez --year-offset 1, ou plus.",
            code="no-collegian",
        )
    clear(folder)
    colleges = colleges_of(world_of(recipe), year_offset)
    day = day or feed_day(colleges.world.year, staff_only=staff_only)
    kinds = STAFF_KINDS if staff_only else KINDS
    files = write_records(
        {kind: college_records(colleges, kind) for kind in kinds},
        folder,
        academy=recipe.academy,
        day=day,
        records_a_file=records_a_file,
    )
    told = college_manifest(colleges, day=day, files=files, staff_only=staff_only)
    _write_manifest(folder, told)
    return told


def make_csv(
    recipe: Recipe, folder: Path, *, uai: str, year_offset: int = 0, layout: Layout = "today"
) -> dict[str, Any]:
    """Writes one school's ONDE files, and returns their manifest; raises BadUsage for an unknown UAI."""
    world = world_of(recipe)
    for _ in range(year_offset):
        world.next_year()
    school = world.school_of_uai(uai.strip().upper())
    if school is None:
        known = ", ".join(one.uai for one in world.schools[:20])
        raise BadUsage(
            f"Aucune école de cette académie n’a l’UAI {uai}.",
            remedy=f"Donnez l’une de celles-ci\u00a0: {known}.",
            code="unknown-school",
        )
    clear(folder)
    told = write_school(world, school, folder, layout=layout)
    _write_manifest(folder, told)
    return told


def clear(folder: Path) -> None:
    """Makes the folder, empty; a set made here before is taken away, anything else is left and refused."""
    folder.mkdir(parents=True, exist_ok=True)
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    ours = {path for pattern in WRITTEN for path in folder.glob(pattern)}
    others = [path.name for path in found if path not in ours]
    if others or (found and folder / MANIFEST not in ours):
        raise BadUsage(
            f"Le dossier {folder} contient autre chose qu’un jeu de fichiers engendré ({found[0].name}…).",
            remedy="Donnez un dossier vide ou nouveau.",
            code="folder-not-empty",
        )
    for path in ours:
        path.unlink()


def _write_manifest(folder: Path, told: dict[str, Any]) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
