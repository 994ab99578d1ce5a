"""The door to what is shared, over all applications."""

from ui.navigation import Entry
from ui.navigation import register as add_door


def register() -> None:
    """To be called in `ready()`."""
    add_door(
        Entry(
            key="sharing",
            order=50,
            label="Partages",
            icon="share",
            url_name="sharing:with_me",
            cover="violet",
        )
    )
