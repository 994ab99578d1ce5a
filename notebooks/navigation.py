"""What notebooks register in the shell: one application, one door; each kind its tiles, shortcuts, search."""

from notebooks import homework_navigation, liaison_navigation, memo_navigation
from ui import applications, navigation


def register() -> None:
    """To be called in `ready()`."""
    applications.register(
        applications.Application(
            key="notebooks",
            order=25,
            label="Cahiers",
            icon="notebook",
            cover="green",
            paths=("/cahiers/", "/api/v1/notebooks/"),
            closing="Les cahiers restent à leurs auteurs, les mots à leurs destinataires.",
        )
    )
    navigation.register(
        navigation.Entry(
            key="notebooks",
            order=25,
            label="Cahiers",
            icon="notebook",
            url_name="notebooks:index",
            cover="green",
        )
    )
    homework_navigation.register()
    liaison_navigation.register()
    memo_navigation.register()
