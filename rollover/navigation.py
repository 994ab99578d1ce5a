"""The door to what the turn of the year will end; its name follows the season."""

from rollover.season import foresees, prepares_end
from ui.navigation import Entry
from ui.navigation import register as add_door

SEASON = "Année scolaire"


def register() -> None:
    """To be called in `ready()`."""
    add_door(
        Entry(
            key="rollover",
            order=800,
            label="Changement d’année",
            short="Année",
            icon="calendar-event",
            url_name="rollover:mine",
            section=SEASON,
            predicate=foresees,
        )
    )
    add_door(
        Entry(
            key="rollover.ending",
            order=801,
            label="Préparer la fin d’année",
            short="Fin d’année",
            icon="calendar-event",
            url_name="rollover:mine",
            section=SEASON,
            predicate=prepares_end,
        )
    )
