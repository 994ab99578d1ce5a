"""What one wrote in blogs, for one's archive: each post with its pictures, and one's comments."""

from itertools import batched

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import Chapter, Line, Lists, Passage, write_list, write_text
from blog.enums import BLOG, State, Word
from blog.models import Comment, Post
from documents.models import Use
from documents.takeout import pieces_in, put_beside
from ui.french import day_year, moment_year

BATCH = 100


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="blog",
            order=50,
            folder="Blogs",
            title="Mes billets",
            hint="Ce que j’ai écrit dans les blogs, avec les photos\u00a0; mes commentaires.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """Blog by blog, the last first."""
    lists = Lists(shelf, one="billet")
    posts = Post.objects.filter(author=person).select_related("blog__resource").defer("words")
    shelf.expect(posts.count())
    for batch in batched(posts.order_by("-changed_at", "-pk").iterator(chunk_size=BATCH), BATCH):
        pieces = pieces_in(BLOG, [post.uuid for post in batch])
        for post in batch:
            _write(shelf, lists, post, pieces[post.uuid])
            shelf.done()
    lists.close()
    _say_comments(shelf, person)


def _write(shelf: Shelf, lists: Lists, post: Post, uses: list[Use]) -> None:
    blog, at = post.blog.resource.title, post.published_at or post.changed_at
    title = post.title or "Billet sans titre"
    name = takeout.dated(at, title)
    page = shelf.place(blog, f"{name[:80]}.html")
    pictures, files = put_beside(shelf, page, uses, blog, "Photos et fichiers", name[:60])
    state = "dans la corbeille" if post.trashed_at else State(post.state).label
    write_text(
        shelf,
        page,
        title=title,
        pairs=[
            ("Blog", blog),
            ("État", state),
            ("Publié", moment_year(post.published_at) if post.published_at else ""),
        ],
        passages=[Passage(body=takeout.shown(post.body, page, pictures), files=files)],
        at=at,
        up=lists.place_of(blog),
    )
    lists.add(blog, title, page, takeout.joined([state, day_year(at)]))


def _say_comments(shelf: Shelf, person: User) -> None:
    said = Comment.objects.filter(author=person).order_by("-at", "-pk")
    lines = [
        Line(each.text, sub=takeout.joined([Word(each.state).label, day_year(each.at)]))
        for each in said.iterator(chunk_size=BATCH)
    ]
    if lines:
        write_list(
            shelf,
            shelf.place("Mes commentaires.html"),
            title="Mes commentaires",
            chapters=[Chapter("", lines)],
            first=not shelf.first,
        )
