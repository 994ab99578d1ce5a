"""The console's doors, for administrators alone."""

from admin_console.access import administers
from ui.navigation import ADMINISTRATION, Entry
from ui.navigation import register as add_door


def register() -> None:
    """To be called in `ready()`."""
    add_door(
        Entry(
            key="console.season",
            order=905,
            label="Préparer la rentrée",
            short="Rentrée",
            icon="flag",
            url_name="console:season",
            section=ADMINISTRATION,
            predicate=administers,
        )
    )
    add_door(
        Entry(
            key="console",
            order=910,
            label="Console d’administration",
            short="Console",
            icon="settings",
            url_name="console:index",
            section=ADMINISTRATION,
            predicate=administers,
        )
    )
    add_door(
        Entry(
            key="console.feeds",
            order=920,
            label="Alimentations",
            short="Imports",
            icon="database-import",
            url_name="console:runs",
            under=("/administration/operations/",),
            section=ADMINISTRATION,
            predicate=administers,
        )
    )
    add_door(
        Entry(
            key="console.turns",
            order=930,
            label="Bascules",
            icon="arrows-exchange",
            url_name="console:turns",
            section=ADMINISTRATION,
            predicate=administers,
        )
    )
