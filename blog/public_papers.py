"""The poster of a public blog: what to scan and what to type, for the school's gate and the new families' folder."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from blog.models import PublicBlog
from blog.public_rules import town
from core import pdf
from ui import drawings
from ui.french import day_year, unbroken


def root() -> str:
    """The site, as its own setting says it: never as a request does."""
    return settings.CARTABLE_URL.rstrip("/")


def address_of(public: PublicBlog) -> str:
    """Where it is read, whole."""
    return f"{root()}{reverse('blog:public', args=[public.address_id])}"


def typed_address(public: PublicBlog) -> str:
    """The same as one types it: without what browsers add."""
    return address_of(public).removeprefix("https://").removeprefix("http://").rstrip("/")


def poster_of(public: PublicBlog) -> dict[str, Any]:
    """What the poster says; its page shows the same."""
    resource = public.blog.resource
    school = resource.owner_school
    assert school is not None
    return {
        "title": unbroken(resource.title),
        "description": unbroken(public.blog.description),
        "school": school.name,
        "city": "" if school.city in school.name else town(school.city),
        "site": typed_address(public),
        "slug": public.address_id,
        "qr": pdf.qr(address_of(public)),
        "until": day_year(public.ends_on) if public.ends_on else "",
    }


def draw_poster(public: PublicBlog) -> bytes:
    """The PDF, A4."""
    return pdf.draw("blog", "poster", poster_of(public) | {"drawing": drawings.svg_of(public.drawing)})
