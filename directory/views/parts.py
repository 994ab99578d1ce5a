"""A page of the Annuaire, or the part of it that htmx asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ui.parts import wants_part


def page_or_part(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """`directory/annuaire/<name>.html`, or its `#part`."""
    template = f"directory/annuaire/{name}.html{'#part' if wants_part(request) else ''}"
    return render(request, template, {"typed": ""} | context)
