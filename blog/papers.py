"""A whole blog on paper: what its page to print shows, and the same as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from accounts.models import User
from blog.enums import BLOG, State
from blog.lines import GONE, PostLine, day_words, post_lines
from blog.models import Blog, Comment, Post
from blog.querysets import posts_of, published_comments_of
from core import clock, pdf
from core.progress import Progress
from core.storage import places
from core.storage.errors import StorageGone
from core.storage.models import Blob
from core.storage.thumbnails import LARGE, SMALL, thumbnail_of
from documents.models import Use
from documents.services.keeping import PLACE
from sharing.enums import Role
from ui import people, rich_text
from ui.french import counted, day_year

# Past so many pictures, each is smaller: a keepsake of a year still holds in a mail.
MANY = 150
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
VOID = frozenset({"br", "hr", "img"})


@dataclass(slots=True)
class Page:
    """A post on paper, and what is said of it where that is asked."""

    line: PostLine
    comments: list[Comment] = field(default_factory=list)


def pages_of(blog: Blog, person: User, *, comments: bool) -> list[Page]:
    """What is out in a blog, the first first. Three queries, four with comments."""
    out = posts_of(blog, person, Role.READ).filter(state=State.PUBLISHED)
    posts: list[Post] = list(out.order_by("published_at", "pk"))
    said = published_comments_of(posts) if comments and posts else {}
    return [Page(line, said.get(line.post.pk, [])) for line in post_lines(posts, person, Role.READ)]


def dates_of(pages: Sequence[Page]) -> str:
    """« Du 8 septembre 2026 au 2 juillet 2027 »."""
    days = [page.line.post.published_at for page in pages if page.line.post.published_at]
    if not days:
        return ""
    first, last = day_year(days[0]), day_year(days[-1])
    return f"Le {first}" if first == last else f"Du {first} au {last}"


def draw(blog: Blog, person: User, *, comments: bool, progress: Progress) -> bytes:
    """The PDF of what someone reads of a blog."""
    pages = pages_of(blog, person, comments=comments)
    progress.step("Photos", sum(len(page.line.pieces) for page in pages))
    files = _Pictures([page.line.uuid for page in pages], progress)
    cover = files.add(blog.illustration) if blog.illustration else ""
    owner = (
        blog.resource.owner_school.name
        if blog.resource.owner_school
        else people.full_name(blog.resource.owner)
    )
    data = {
        "title": blog.resource.title,
        "description": blog.description,
        "owner": owner,
        "dates": dates_of(pages),
        "count": counted(len(pages), "billet"),
        "cover": cover,
        "printed": day_year(clock.today()),
        "posts": [_told(page, files) for page in pages],
    }
    progress.step("Mise en page")
    return pdf.draw("blog", "blog", data, files=files.read)


def _told(page: Page, files: "_Pictures") -> dict[str, Any]:
    line = page.line
    out = line.post.published_at
    apart = [each for each in line.pieces if not each.inline]
    return {
        "title": line.title,
        "date": day_words(out) if out else "",
        "author": line.author_name,
        "body": nodes_of(line.post.body, files.names),
        "pictures": [
            {"file": files.names[each.uuid], "caption": each.caption}
            for each in apart
            if each.uuid in files.names
        ],
        "files": [each.caption or each.name for each in apart if each.preview != "image"],
        "comments": [
            {"who": people.full_name(each.author) if each.author else GONE, "text": each.text}
            for each in page.comments
        ],
    }


class _Pictures:
    """Pictures of posts, read one by one, under the names by which the page shows them."""

    def __init__(self, posts: Sequence[UUID], progress: Progress) -> None:
        self.names: dict[UUID, str] = {}
        self.read: dict[str, bytes] = {}
        uses = Use.objects.filter(
            space=BLOG,
            subject__in=posts,
            file__media_type__in=SHOWN,
            file__resource__trashed_at__isnull=True,
        ).select_related("file__resource", "file__blob")
        found = list(uses.order_by("pk"))
        self._size = SMALL if len(found) > MANY else LARGE
        for use in found:
            name = self.add(use.file.blob)
            if name:
                self.names[use.file.resource.uuid] = name
            progress.advance()

    def add(self, blob: Blob) -> str:
        """Reads one; answers its name, '' where it is no more, or not one that paper shows."""
        small = thumbnail_of(blob, self._size)
        ending = "webp" if small else blob.media_type.removeprefix("image/")
        name = f"{blob.uuid}.{ending}"
        if name in self.read:
            return name
        if small is None and blob.media_type not in SHOWN:
            return ""
        try:
            with places.opened(small.path if small else blob.path) as held:
                self.read[name] = held.read()
        except StorageGone:
            return ""
        return name


def nodes_of(html: str, names: dict[UUID, str]) -> list[Any]:
    """A text as its elements: words, or `{"t": element, "c": what it holds}`, with `href` or `file`."""
    reading = _Reading(names)
    reading.feed(rich_text.shown(html))
    reading.close()
    return reading.top


class _Reading(HTMLParser):
    def __init__(self, names: dict[UUID, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._names = names
        self.top: list[Any] = []
        self._open: list[tuple[str, list[Any]]] = [("", self.top)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: dict[str, Any] = {"t": tag, "c": []}
        told = dict(attrs)
        if tag == "a":
            node["href"] = told.get("href") or ""
        elif tag == "img":
            file = self._file(told.get("src") or "")
            if not file:
                return
            node["file"] = file
            node["alt"] = told.get("alt") or ""
        self._open[-1][1].append(node)
        if tag not in VOID:
            self._open.append((tag, node["c"]))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names[1:]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split()) if not data.strip() else data
        if words or data:
            self._open[-1][1].append(data if words else " ")

    def _file(self, src: str) -> str:
        try:
            return self._names.get(UUID(src.removeprefix(PLACE).strip("/")), "")
        except ValueError:
            return ""
