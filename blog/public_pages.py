"""What the readers of a public blog get: its page, its feed, the picture by which a link is told elsewhere.

Each is kept under what it shows (`Online.stamp`, asked at every request): published, corrected, taken back, it is
made anew; offline, it is not even looked for. Addresses are those of the site's own setting, never of the request.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache as remembered
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nh3
from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from blog.lines import cut
from blog.models import Post
from blog.public_querysets import PAGE, Document, Online, documents_of, online_at, posts_out
from blog.public_rules import town
from core import pdf
from ui import drawings, rich_text
from ui.french import unbroken

type Maker = Callable[[], bytes | None]

DAY = 24 * 3600
FEED = 20  # entries
ATOM = "http://www.w3.org/2005/Atom"
# As a page of its own: a post's titles stand under its own.
LOWER = {"<h2>": "<h3>", "</h2>": "</h3>", "<h3>": "<h4>", "</h3>": "</h4>"}
_TITLES = re.compile("|".join(LOWER))
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HERE = Path(__file__).parent
_SOURCES = ("templates/blog/public/page.html", "pdf/card.typ", "public_pages.py", "public_querysets.py")


@dataclass(frozen=True, slots=True)
class Told:
    """A post as anybody reads it."""

    post: Post
    html: str
    documents: Sequence[Document]

    @property
    def anchor(self) -> str:
        return f"billet-{self.post.pk}"

    @property
    def corrected(self) -> bool:
        """Whether it was changed another day than it came out."""
        out = self.post.published_at
        return (
            out is not None
            and timezone.localtime(self.post.changed_at).date() > timezone.localtime(out).date()
        )


def page(online: Online, number: int) -> bytes | None:
    """A page of its posts; None past the last."""
    return kept(online, f"page-{number}", lambda: _page(online, number))


def feed(online: Online) -> bytes:
    """Atom (RFC 4287): its last posts."""
    made = kept(online, "atom", lambda: _feed(online))
    assert made is not None
    return made


def card(online: Online) -> bytes:
    """A picture of its title, 1200 × 630, for whoever is sent the link."""
    made = kept(online, "card", lambda: _card(online))
    assert made is not None
    return made


def kept(online: Online, what: str, make: Maker) -> bytes | None:
    """What was made for this state of the blog, or is now. Kept only if that state still stands once it is made:
    what was read meanwhile may be of another."""
    key = f"public-blog:{online.blog_id}:{etag(online)}:{what}"
    found: bytes | None = cache.get(key)
    if found is not None:
        return found
    made = make()
    if made is not None:
        now = online_at(online.address_id)
        if now is not None and now.stamp == online.stamp:
            cache.set(key, made, DAY)
    return made


def etag(online: Online) -> str:
    """One word for all that a reader sees: the blog's state, and the product's."""
    return f"{online.stamp[:20]}{edition()}"


@remembered
def edition() -> str:
    """Changes with what draws the pages, so that another version of the product shows its own."""
    made = hashlib.sha256()
    for source in _SOURCES:
        made.update((_HERE / source).read_bytes())
    for name in ("ui/cartable.css", "ui/icons.svg", "ui/logo.svg"):
        made.update(static(name).encode())
    return made.hexdigest()[:12]


def whole(path: str) -> str:
    """An address with the site's own name."""
    return f"{settings.CARTABLE_URL.rstrip('/')}{path}"


def address_of(online: Online) -> str:
    """Where it is read, whole."""
    return whole(reverse("blog:public", args=[online.address_id]))


def without_pictures(html: str) -> str:
    """A post's text as anybody reads it: whatever was stored, no picture is shown."""
    shown = nh3.clean(
        rich_text.shown(html),
        tags=rich_text.TAGS - {"img"},
        attributes=rich_text.ATTRIBUTES,
        url_schemes=rich_text.SCHEMES,
        link_rel=rich_text.REL,
    )
    return _TITLES.sub(lambda found: LOWER[found[0]], shown)


def _told(posts: Sequence[Post]) -> list[Told]:
    documents = documents_of(posts)
    return [Told(post, without_pictures(post.body), documents.get(post.uuid, ())) for post in posts]


def _page(online: Online, number: int) -> bytes | None:
    pages: Any = Paginator(posts_out(online.blog_id), PAGE)
    if not 1 <= number <= pages.num_pages:
        return None
    shown = pages.page(number)
    told = _told(list(shown.object_list))
    place = [online.school, town(online.city)] if online.city not in online.school else [online.school]
    context = {
        "blog": online,
        "posts": told,
        "page": shown,
        "place": " · ".join(filter(None, place)),
        "address": address_of(online),
        "card": whole(reverse("blog:public_card", args=[online.address_id])),
        "said": _said(online, told),
        "changed": _changed(told),
    }
    return render_to_string("blog/public/page.html", context).encode()


def _said(online: Online, told: Sequence[Told]) -> str:
    """What a link is told by: its own words, else those of its posts' titles."""
    words = online.description or ", ".join(each.post.title for each in told[:4])
    return cut(words or f"Les informations pratiques de {online.school}.", 180)


def _changed(told: Sequence[Told]) -> datetime | None:
    return max((each.post.changed_at for each in told), default=None)


def _feed(online: Online) -> bytes:
    posts = list(posts_out(online.blog_id).order_by("-published_at", "-pk")[:FEED])
    told = _told(posts)
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "fr"})
    address = address_of(online)
    _add(root, "id", f"urn:uuid:{online.blog}")
    _add(root, "title", online.title)
    if online.description:
        _add(root, "subtitle", online.description)
    _add(root, "link", rel="alternate", type="text/html", href=address)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{address}atom.xml")
    _add(root, "updated", _instant(_changed(told)))
    author = ElementTree.SubElement(root, "author")
    _add(author, "name", online.school)
    for each in told:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", f"urn:uuid:{each.post.uuid}")
        _add(entry, "title", each.post.title)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{address}#{each.anchor}")
        _add(entry, "published", _instant(each.post.published_at))
        _add(entry, "updated", _instant(each.post.changed_at))
        for document in each.documents:
            place = reverse("blog:public_document", args=[online.address_id, document.uuid])
            told_as = {"type": "application/pdf", "title": document.name, "length": str(document.size)}
            _add(entry, "link", rel="enclosure", href=whole(place), **told_as)
        _add(entry, "content", each.html, type="html")
    declared: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return declared


def _add(above: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    told = {key: _UNWRITABLE.sub("", value) for key, value in attributes.items()}
    ElementTree.SubElement(above, name, told).text = _UNWRITABLE.sub("", text) or None


def _instant(instant: datetime | None) -> str:
    """RFC 3339; a feed without a post is as old as can be."""
    return instant.astimezone(UTC).isoformat() if instant else "1970-01-01T00:00:00+00:00"


def _card(online: Online) -> bytes:
    data = {
        "title": unbroken(online.title),
        "school": online.school,
        "city": town(online.city) if online.city not in online.school else "",
        "drawing": drawings.svg_of(online.drawing),
    }
    return pdf.picture("blog", "card", data)
