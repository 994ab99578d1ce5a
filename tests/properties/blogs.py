"""What an academy's people write in blogs: submitted, published, sent back, taken back, thrown away, commented."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, NamedTuple

from accounts.models import User
from blog.enums import Circuit, State, Talk, Word
from blog.models import Blog, Comment, Post
from blog.services import blogs, comments, posts, publish, trash
from blog.services.blogs import Settings
from sharing.querysets import visible_to
from tests.properties.academy import Academy, Gone, Memory, Rows, happens, one, signed_in

WRITES = ("draft", "publish", "submit")
ACTS = ("publish", "submit", "take back", "send back", "pin", "throw", "restore", "erase")
SAYS = ("say", "say", "let out", "send back", "delete")


class Billet(NamedTuple):
    key: int
    blog: int
    author: int | None
    state: str
    title: str
    thrown: bool


class Said(NamedTuple):
    key: int
    post: int
    author: int | None
    state: str
    text: str


def _billets() -> Rows:
    rows = Post.objects.values_list("pk", "blog_id", "author_id", "state", "title", "trashed_at")
    return {Billet(*row[:5], thrown=row[5] is not None) for row in rows}


def _billets_left(rows: Rows, gone: Gone) -> Rows:
    """What others read stays, unsigned; the rest of who is erased goes, and all that was in a blog that goes."""
    left = set()
    for row in rows:
        if row.blog in gone.things:
            continue
        if row.author in gone.people:
            if row.thrown or row.state not in {State.SUBMITTED, State.PUBLISHED}:
                continue
            row = row._replace(author=None)
        left.add(row)
    return left


def _said() -> Rows:
    return {Said(*row) for row in Comment.objects.values_list("pk", "post_id", "author_id", "state", "text")}


def _said_left(rows: Rows, gone: Gone) -> Rows:
    there = set(Post.objects.values_list("pk", flat=True))
    left = set()
    for row in rows:
        if row.post not in there or (row.author in gone.people and row.state != Word.PUBLISHED):
            continue
        left.add(row._replace(author=None) if row.author in gone.people else row)
    return left


class Blogs(Academy):
    MEMORIES: ClassVar[Mapping[str, Memory]] = {
        "posts": Memory(_billets, _billets_left),
        "comments": Memory(_said, _said_left),
    }

    @happens(2, first=3)
    def someone_opens_a_blog(self, chance: Random) -> None:
        by = self.teacher(chance)
        if by is not None:
            known = {row.key for row in self.memory["things"]}
            circuit, talk = chance.choice(list(Circuit)), chance.choice(list(Talk))
            settings = Settings(title=f"Blog {chance.randrange(1_000)}", circuit=circuit, comments=talk)
            self.done(
                "a blog opened",
                lambda: blogs.open_blog(by=by, settings=settings),
                things=lambda row: row.key not in known and row.owner == by.pk,
            )

    @happens(5)
    def someone_writes_a_post(self, chance: Random) -> None:
        what = chance.choice(WRITES)
        blog = one(Blog.objects.select_related("resource__owner").order_by("pk"), chance)
        by = _who_sees(blog, chance) if blog is not None else None
        if by is None:
            return

        def act() -> Post:
            made = posts.begin(by=by, blog=blog)
            made = posts.save(
                by=by, post=made, title=f"Billet {chance.randrange(1_000)}", body="<p>Trois grenouilles.</p>"
            )
            does = {"publish": publish.publish, "submit": posts.submit}.get(what)
            return does(by=by, post=made) if does else made

        self.done(f"a post: {what}", act, posts=lambda row: (row.blog, row.author) == (blog.pk, by.pk))

    @happens(5)
    def a_post_goes_on(self, chance: Random) -> None:
        """By its author, or by somebody else who sees the blog; the other posts stay as they are."""
        act, other = chance.choice(ACTS), chance.random() < 0.5
        post = one(Post.objects.select_related("blog__resource__owner", "author").order_by("pk"), chance)
        if post is None:
            return
        by = _who_sees(post.blog, chance) if other or post.author is None else post.author
        if by is None:
            return
        does: dict[str, Any] = {
            "publish": lambda: publish.publish(by=by, post=post),
            "submit": lambda: posts.submit(by=by, post=post),
            "take back": lambda: posts.take_back(by=by, post=post),
            "send back": lambda: publish.send_back(by=by, post=post, word="À revoir"),
            "pin": lambda: publish.pin(by=by, post=post, on=bool(chance.randrange(2))),
            "throw": lambda: trash.trash(by=by, post=post),
            "restore": lambda: trash.restore(by=by, post=post),
            "erase": lambda: trash.erase(by=by, post=post) or post,
        }
        done = self.done(f"a post: {act}", does[act], posts=lambda row: row.key == post.pk)
        if done is not None and act == "erase":
            self.memory["comments"] = {row for row in self.memory["comments"] if row.post != post.pk}

    @happens(4)
    def someone_comments(self, chance: Random) -> None:
        act = chance.choice(SAYS)
        if act == "say":
            published = Post.objects.filter(state=State.PUBLISHED).select_related("blog__resource__owner")
            post = one(published.order_by("pk"), chance)
            by = _who_sees(post.blog, chance) if post is not None else None
            if by is not None:
                known = {row.key for row in self.memory["comments"]}
                self.done(
                    "a comment",
                    lambda: comments.say(by=by, post=post, text=f"Oh {chance.randrange(1_000)}"),
                    comments=lambda row: row.key not in known and row.author == by.pk,
                )
            return
        rows = Comment.objects.select_related("author", "post__blog__resource__owner")
        comment = one(rows.order_by("pk"), chance)
        by = _who_sees(comment.post.blog, chance) if comment is not None else None
        if by is None:
            return
        does: dict[str, Any] = {
            "let out": lambda: comments.let_out(by=by, comment=comment),
            "send back": lambda: comments.send_back(by=by, comment=comment, word="Plus doucement"),
            "delete": lambda: comments.delete(by=by, comment=comment),
        }
        self.done(f"a comment: {act}", does[act], comments=lambda row: row.key == comment.pk)


def _who_sees(blog: Blog, chance: Random) -> User | None:
    """Its owner, or somebody who was given it, themself or through their groups."""
    people = [each for each in readers_near(blog) if visible_to(each).filter(pk=blog.pk).exists()]
    return signed_in(one(people, chance))


def readers_near(blog: Blog) -> list[User]:
    """Some who may see a blog."""
    from directory.querysets import members_of
    from sharing.models import Grant

    grants = list(Grant.objects.filter(resource=blog.pk).select_related("group").order_by("pk")[:3])
    named = {grant.person_id for grant in grants if grant.person_id is not None}
    members = members_of([grant.group for grant in grants if grant.group is not None]).order_by("pk")
    named_now = User.objects.present().filter(pk__in=named | {blog.resource.owner_id}).order_by("pk")
    found = [*named_now, *members[:3]]
    return list(dict.fromkeys(found))
