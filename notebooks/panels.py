"""What notebooks show on home pages: each kind its own."""

from notebooks import homework_panels, liaison_panels


def register() -> None:
    """To be called in `ready()`."""
    homework_panels.register()
    liaison_panels.register()
