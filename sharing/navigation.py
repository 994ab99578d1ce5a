"""The door to what is shared, over all applications, and a pupil's tile to what was shared with them."""

from django.urls import reverse

from ui import tiles
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
    tiles.register(
        tiles.Tile(
            key="sharing",
            order=50,
            label="Partagé avec moi",
            drawing="boat",
            cover="violet",
            url=lambda request: reverse("sharing:with_me"),
        )
    )
