"""The view of who is in which group: a migration imports no code, so its text stands twice."""

from importlib import import_module

from core import sql


def test_the_migration_makes_the_very_view_that_the_directory_tells() -> None:
    migration = import_module("directory.migrations.0002_scolarity_membership")
    assert migration.VIEW.strip() == sql.load("directory", "view_scolarity_membership").strip()
