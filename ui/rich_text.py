"""Rich text, cleaned on the server by one allow-list, whoever wrote it: messages, posts, notebooks.

What is kept is what our editor makes, and the tables of what is pasted. A picture from elsewhere becomes a link
to it: nothing is fetched until the reader asks, and what goes then says nothing of who asked.
"""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

import nh3

from core.text import uuids_of

TAGS = {
    "p", "br", "hr", "div", "h2", "h3", "h4", "strong", "em", "u", "s", "sub", "sup", "a", "img", "ul", "ol",
    "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# Written otherwise, the same thing: so that pasted titles and lines stay apart.
SAME = {
    "b": "strong", "i": "em", "cite": "em", "del": "s", "strike": "s", "ins": "u", "h1": "h2", "h5": "h4",
    "h6": "h4", "section": "div", "article": "div", "header": "div", "footer": "div", "main": "div",
    "aside": "div", "nav": "div", "address": "div", "center": "div", "figure": "div", "figcaption": "div",
    "pre": "div", "dl": "div", "dt": "div", "dd": "div", "form": "div", "fieldset": "div", "details": "div",
    "summary": "div",
}  # fmt: skip
# Elements of which nothing stays, the words neither.
GONE = {"script", "style", "template", "noscript", "title", "iframe", "object", "svg", "math", "head"}
ATTRIBUTES = {
    "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}
REL = "noopener noreferrer"
# What is closed by what stands around it may need a second reading; more than that was made to harm.
READINGS = 6
# A text nested deeper was made to keep the server busy: its words alone are kept.
DEPTH = 256

_BLOCKS = TAGS - {"strong", "em", "u", "s", "sub", "sup", "a", "img", "td", "th"}
_PLACES: set[str] = set()
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:[a-z]+:|/)", re.IGNORECASE)
# What an element of its kind closes does not nest.
_OPENING = re.compile(
    r"<(/?)(?!(?:p|li|d[td]|t[rdh]|br|hr|img|input|meta|link|col|option)\b)[a-z]", re.IGNORECASE
)
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z]+="[^"]*")*)>')
_VALUE = re.compile(r'([a-z]+)="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


def pictures_under(place: str) -> None:
    """A room says, in `ready()`, where its own pictures are: `/messagerie/piece/`."""
    _PLACES.add(place)


def clean(html: str) -> str:
    """The HTML that may be stored and shown; cleaning it again changes nothing."""
    sent = html.encode("utf-8", "replace").decode().replace("\0", "")
    if _depth(sent) > DEPTH:
        return of_plain(re.sub(r"<[^>]*>?", "\n", sent))
    kept = _STRICT.clean(_TAG.sub(_Rewriting(), _WIDE.clean(sent)))
    for _ in range(READINGS):
        again = _STRICT.clean(kept)
        if again == kept:
            return kept
        kept = again
    return of_plain(plain(kept))


def shown(html: str) -> str:
    """The same list once more, as it is shown: what was stored by another way does no harm either."""
    return _STRICT.clean(html)


def plain(html: str) -> str:
    """The words of cleaned HTML, a line a block: for a list's line, a search, a mail."""
    return _LINES.sub("\n", _told(html))


def typed(html: str) -> str:
    """The words of cleaned HTML as one would type them, an empty line between blocks: `of_plain` reads them."""
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", _told(html)))


def of_plain(text: str) -> str:
    """Plain words as HTML: a paragraph where a line is left empty, a break at each other end of line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = [part.strip().split("\n") for part in re.split(r"\n\s*\n", lines) if part.strip()]
    return "".join(
        f"<p>{'<br>'.join(escape(line.strip(), quote=False) for line in part)}</p>" for part in parts
    )


def quote(html: str, *, said: str) -> str:
    """Cleaned HTML quoted under a line that says whose it is."""
    return f"<p>{escape(said, quote=False)}</p><blockquote>{html}</blockquote>"


def ours(address: str) -> bool:
    """Is it a picture that a room shows, and nothing else of the site?"""
    return any(
        address.startswith(place) and re.fullmatch(r"[\w/-]+(\?voir)?", address[len(place) :], re.ASCII)
        for place in _PLACES
    )


def pictures_of(html: str, place: str) -> set[UUID]:
    """The keys of the pictures of a room's place (`pictures_under`) that cleaned HTML shows."""
    return set(uuids_of(re.findall(rf'<img[^>]*? src="{place}([0-9a-f-]{{36}})/', html)))


def _shown(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if ours(value) else None
    return _attribute(tag, name, value)


def _read(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if ours(value) or _REMOTE.match(value.strip()) else None
    return _attribute(tag, name, value)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """An address that leads somewhere, a number that is one."""
    if name == "href":
        return value if _ADDRESS.match(value.strip()) else None
    if name in {"start", "colspan", "rowspan"}:
        return value if re.fullmatch(r"[0-9]{1,3}", value, re.ASCII) else None
    return value


class _Rewriting:
    """Rewrites tags as they come: one name for each thing, no remote picture, no link that leads nowhere."""

    def __init__(self) -> None:
        self.links: list[bool] = []

    def __call__(self, found: re.Match[str]) -> str:
        end, tag, values = found.groups()
        if tag == "img":
            return self._picture(found, dict(_VALUE.findall(values)).get("src", ""))
        if tag == "a":
            return self._link(found[0], end, leads=" href=" in values)
        return f"<{end}{SAME.get(tag, tag)}{values}>"

    def _picture(self, found: re.Match[str], address: str) -> str:
        if not _REMOTE.match(address.strip()):
            return found[0] if address else ""
        words = escape(f"Image de {_host(address)}")
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        apart = "" if before in {"", " ", "\n", ">"} else " ", "" if after in {"", " ", "\n", "<"} else " "
        return (words if any(self.links) else f'<a href="{address}">{words}</a>').join(apart)

    def _link(self, whole: str, end: str, *, leads: bool) -> str:
        if not end:
            self.links.append(leads)
        elif self.links:
            leads = self.links.pop()
        return whole if leads else ""


def _depth(html: str) -> int:
    """How deep it may nest at most, by its tags alone."""
    depth = deepest = 0
    for found in _OPENING.finditer(html):
        depth += -1 if found[1] else 1
        deepest = max(deepest, depth)
        depth = max(depth, 0)
    return deepest


def _host(address: str) -> str:
    try:
        return urlsplit(address.replace("&amp;", "&").strip()).hostname or "ailleurs"
    except ValueError:
        return "ailleurs"


def _told(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return _SPACES.sub(" ", "".join(reader.told)).strip()


class _Words(HTMLParser):
    """Words as they are told: an end of line at a break, an empty one around blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[str] = []

    def handle_data(self, data: str) -> None:
        self.told.append(data.replace("\n", " "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.told.append(" ")
        elif tag == "br":
            self.told.append("\n")
        elif tag in _BLOCKS:
            self.told.append("\n\n")


_WIDE = nh3.Cleaner(
    tags=TAGS | SAME.keys(),
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    clean_content_tags=GONE,
    attribute_filter=_read,
    link_rel=None,
)
_STRICT = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    clean_content_tags=GONE,
    attribute_filter=_shown,
    link_rel=REL,
)
