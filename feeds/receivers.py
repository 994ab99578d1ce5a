"""What feeds do when another room tells of a set of things."""

from typing import Any


def on_schools_released(*, schools: list[int], **_: Any) -> None:
    """Schools held after an undone rollover are released: their newest waiting records are planned anew."""
    from feeds.tasks import release_schools

    release_schools.start(by=None, schools=schools)
