"""The site kept on a phone like an application: what it is called, what it takes from the phone's others."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse

# The word of an address that says that files came from another application, kept by the worker meanwhile.
RECEIVED = "recu"
FILES = "fichiers"  # the field of the form that takes them
BOARD, PAPER = "#14463a", "#f3f5ef"  # tokens.css: --ct-board, --ct-paper
_receives: dict[str, str] = {}


def receive_at(url_name: str) -> None:
    """Names the page that takes files shared from the phone, by a form whose field is `FILES`; to be called in
    `ready()`."""
    _receives["name"] = url_name


def receiving_url() -> str:
    """Where shared files are sent; '' where no room takes any."""
    return f"{reverse(_receives['name'])}?{RECEIVED}=1" if "name" in _receives else ""


def manifest() -> dict[str, Any]:
    """The manifest of the application, as browsers read it (W3C, Web Application Manifest)."""
    told: dict[str, Any] = {
        "id": "/",
        "name": "Cartable",
        "short_name": "Cartable",
        "description": "L’espace numérique de l’école.",
        "lang": "fr",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": BOARD,
        "icons": [
            _icon("icon-192.png", 192),
            _icon("icon-512.png", 512),
            _icon("maskable-512.png", 512, purpose="maskable"),
        ],
    }
    if receiving_url():
        told["share_target"] = {
            "action": receiving_url(),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "files": [
                    {"name": FILES, "accept": ["image/*", "application/pdf", "video/*", "audio/*", "text/*"]}
                ]
            },
        }
    return told


def _icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
    return {
        "src": static(f"ui/icons/{name}"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
