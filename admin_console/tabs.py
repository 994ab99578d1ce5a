"""The tabs of the console. A part adds its own when it has a page behind it."""

from dataclasses import dataclass
from typing import Any

from admin_console.place import Place, page_url


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    icon: str
    url_name: str


TABS = (
    Tab("overview", "Vue d’ensemble", "eye", "index"),
    Tab("users", "Utilisateurs", "users", "users"),
    Tab("groups", "Groupes", "users-group", "groups"),
    Tab("classes", "Classes", "school", "classes"),
    Tab("school", "Gérer mon établissement", "building", "manage"),
    Tab("feeds", "Alimentations", "database-import", "runs"),
)


def tabs_of(place: Place, current: str) -> list[dict[str, Any]]:
    """`current` is a tab's key; each keeps the school asked."""
    return [
        {
            "label": tab.label,
            "icon": tab.icon,
            "url": page_url(tab.url_name, place),
            "current": tab.key == current,
        }
        for tab in TABS
    ]
