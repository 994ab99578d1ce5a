"""What one may begin from the index: each kind of notebook says to whom it offers itself."""

from dataclasses import dataclass

from django.urls import reverse

from directory.annuaire.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Maker:
    """A notebook that one may begin: its label, its page."""

    label: str
    icon: str
    cover: str
    url: str


def makers_for(viewer: Viewer) -> list[Maker]:
    """In the order of the school day: homework, words to relatives, cahier mémo."""
    found = []
    if viewer.in_team:
        found += [
            Maker("Cahier de textes", "notebook", "green", reverse("notebooks:homework_new")),
            Maker("Carnet de liaison", "heart-handshake", "blue", reverse("notebooks:liaison_new")),
        ]
    found.append(Maker("Cahier mémo", "book", "violet", reverse("notebooks:memo_begin")))
    return found
