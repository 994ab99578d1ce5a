"""The blog as a kind of resource, as sharing asks about it."""

from django.urls import reverse

from blog.enums import BLOG
from blog.services.blogs import erase_rows
from blog.services.public import leave_school
from sharing import kinds
from sharing.models import Resource


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        kinds.Kind(
            key=BLOG,
            app=BLOG,
            app_label="Blog",
            label="blog",
            icon="photo",
            url=_page,
            erase=erase_rows,
            moved=leave_school,
            cover="coral",
            few=True,
        )
    )


def _page(resource: Resource) -> str:
    return reverse("blog:blog", args=[resource.uuid])
