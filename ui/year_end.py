"""Sections of « Préparer la fin d’année » that rooms bring beside what becomes of shares: each a panel, which the
page composes and knows nothing of."""

from django.http import HttpRequest

from ui import applications
from ui.panels import Panel, Shown
from ui.registry import Registry

sections: Registry[Panel] = Registry()


def register(section: Panel) -> None:
    """Adds a section to the page; to be called in `ready()`."""
    sections.register(section)


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The sections that have something to tell this person, in order."""
    shut = applications.closed(request)
    found = []
    for section in sections:
        if applications.opens(section.key, shut) and section.predicate(request):
            context = section.context(request)
            if context is not None:
                found.append(Shown(section, context))
    return tuple(found)
