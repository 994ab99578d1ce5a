"""A page of the Annuaire, or the part of it that htmx asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from ui import parts


def page_or_part(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """`directory/annuaire/<name>.html`, or its `#part`."""
    return parts.page_or_part(request, f"directory/annuaire/{name}.html", {"typed": ""} | context)
