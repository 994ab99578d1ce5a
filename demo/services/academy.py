"""The demo academy is made once: files by the generator, people by the importer, accounts opened."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.progress import SILENT, Progress
from demo.academy import demo_recipe, demo_year, make_set
from demo.services.people import give_classes, name_administrators, open_accounts
from feeds.models import FeedRun
from feeds.services.import_aaf import import_aaf1d
from schools.models import School

FOLDER = "demo-feed"


def open_academy(*, data: Path, progress: Progress = SILENT) -> None:
    """Brings a database to a lived-in state; what is there already is kept.

    Raises what the importer raises: the demo's files are read like any others.
    """
    migrate(progress=progress)
    if not School.objects.exists():
        progress.step("Trois écoles inventées")
        folder = data / FOLDER
        make_set(demo_recipe(demo_year()), folder)
        bring_in(folder, progress=progress)
        give_classes()
        name_administrators()
    open_accounts(progress=progress)


def migrate(*, progress: Progress = SILENT) -> None:
    """Runs what migrations remain; asks first, for the asking is ten times quicker."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        progress.step("Tables de la base")
        call_command("migrate", verbosity=0, interactive=False)


def bring_in(folder: Path, *, progress: Progress = SILENT) -> FeedRun:
    """Imports a set of files as ops would."""
    return import_aaf1d(path=folder, academy="", dry_run=False, accept_departures=False, progress=progress)
