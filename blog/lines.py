"""Blogs, posts and comments as pages show them: words, marks, what one may do there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog import rules
from blog.enums import BLOG, State, Talk, Word
from blog.models import Blog, Comment, Post, PublicBlog
from blog.querysets import counts_of_comments, standing_of
from blog.rules import Standing
from core import clock
from documents.pieces import Piece, pieces_of
from sharing.enums import Role
from sharing.rules import Act, may
from ui import people
from ui.french import MONTHS, counted, day, day_year, moment, moment_year, when

EXCERPT = 260  # letters
GONE = "Compte supprimé"
DRAWINGS = ("boat", "bird", "snail", "fox")
TONES = {
    State.DRAFT: ("pencil", ""),
    State.SUBMITTED: ("eye", "warn"),
    State.RETURNED: ("rotate", "warn"),
    State.SCHEDULED: ("clock", "info"),
    State.PUBLISHED: ("", ""),
}
KINDS = (("image", "photo", "photo"), ("audio", "file-music", "son"), ("video", "movie", "film"))


@dataclass(frozen=True, slots=True)
class BlogLine:
    """A blog, and the role of whoever reads it there."""

    blog: Blog
    role: int | None

    @property
    def uuid(self) -> UUID:
        return self.blog.resource.uuid

    @property
    def title(self) -> str:
        return self.blog.resource.title

    @property
    def url(self) -> str:
        return reverse("blog:blog", args=[self.uuid])

    @property
    def owner(self) -> User | None:
        return self.blog.resource.owner

    @property
    def owner_name(self) -> str:
        school = self.blog.resource.owner_school
        return school.name if school else people.full_name(self.owner)

    @property
    def picture(self) -> str:
        """The address of its illustration, '' where it has none; another when it changes."""
        blob = self.blog.illustration
        return f"{reverse('blog:illustration', args=[self.uuid])}?{blob.digest[:8]}" if blob else ""

    @property
    def drawing(self) -> str:
        """What stands in its place: in a public blog, what was chosen."""
        public = getattr(self.blog, "public", None)
        if public is not None:
            return str(public.drawing)
        return DRAWINGS[self.blog.pk % len(DRAWINGS)]

    @property
    def public(self) -> PublicBlog | None:
        """What opens it to anybody; None where nothing does."""
        return getattr(self.blog, "public", None)

    @property
    def manages(self) -> bool:
        return may(self.role, Act.SHARE)

    @property
    def writes(self) -> bool:
        return may(self.role, Act.ADD)

    @property
    def sub(self) -> str:
        """« Mme Roy · 12 billets, le dernier hier »; of a list that counted (`querysets.told_by`)."""
        number = getattr(self.blog, "posts_out", 0)
        last: datetime | None = getattr(self.blog, "last_post_at", None)
        if last is None:
            return "Pas encore de billet"
        words = counted(number, "billet")
        return f"{words} · {when(last, now=clock.now())}"

    @property
    def waiting(self) -> int:
        """What waits to be read first, for who manages; of a list that counted."""
        return getattr(self.blog, "waiting", 0) if self.manages else 0


@dataclass(slots=True)
class PostLine:
    """A post as someone reads it."""

    post: Post
    standing: Standing
    pieces: list[Piece] = field(default_factory=list)
    comments: int = 0

    @property
    def uuid(self) -> UUID:
        return self.post.uuid

    @property
    def url(self) -> str:
        return reverse("blog:post", args=[self.post.uuid])

    @property
    def title(self) -> str:
        return self.post.title or "Sans titre"

    @property
    def author_name(self) -> str:
        return people.full_name(self.post.author) if self.post.author else GONE

    @property
    def said(self) -> str:
        """When it came out, or will, or was last changed."""
        post = self.post
        if post.state == State.PUBLISHED and post.published_at:
            return day_words(post.published_at)
        if post.state == State.SCHEDULED and post.publish_at:
            return f"paraitra {moment_words(post.publish_at)}"
        return f"modifié {when(post.changed_at, now=clock.now())}"

    @property
    def excerpt(self) -> str:
        return cut(self.post.text)

    @property
    def more(self) -> bool:
        """Whether there is more to read than what a list shows."""
        return self.excerpt.endswith("…") or len(self.pieces) > (self.picture is not None)

    @property
    def picture(self) -> Piece | None:
        """The first picture that it bears."""
        return next((each for each in self.pieces if each.preview == "image"), None)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What it bears: icons and words (« 3 photos »)."""
        found = []
        for preview, icon, word in KINDS:
            number = sum(each.preview == preview for each in self.pieces)
            if number:
                found.append((icon, counted(number, word)))
        known = {preview for preview, _, _ in KINDS}
        number = sum(each.preview not in known for each in self.pieces)
        return [*found, ("paperclip", counted(number, "fichier"))] if number else found

    @property
    def state(self) -> State:
        return State(self.post.state)

    @property
    def out(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def state_label(self) -> str:
        return self.state.label

    @property
    def state_icon(self) -> str:
        return TONES[self.state][0]

    @property
    def state_tone(self) -> str:
        return TONES[self.state][1]

    @property
    def may_edit(self) -> bool:
        return rules.may_edit(self.standing)

    @property
    def may_publish(self) -> bool:
        return rules.may_publish(self.standing)

    @property
    def may_submit(self) -> bool:
        return rules.may_submit(self.standing)

    @property
    def may_take_back(self) -> bool:
        return rules.may_take_back(self.standing)

    @property
    def may_send_back(self) -> bool:
        return rules.may_send_back(self.standing)

    @property
    def may_pin(self) -> bool:
        return rules.may_pin(self.standing)

    @property
    def may_trash(self) -> bool:
        return rules.may_trash(self.standing)

    @property
    def may_comment(self) -> bool:
        return rules.may_comment(self.standing, Talk(self.post.blog.comments))

    @property
    def acts(self) -> bool:
        """Whether there is anything to do with it."""
        return any((self.may_edit, self.may_take_back, self.may_send_back, self.may_pin, self.may_trash))


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment as someone reads it."""

    comment: Comment
    own: bool
    manages: bool

    @property
    def uuid(self) -> UUID:
        return self.comment.uuid

    @property
    def waits(self) -> bool:
        return self.comment.state == Word.SUBMITTED

    @property
    def returned(self) -> bool:
        return self.comment.state == Word.RETURNED

    @property
    def may_let_out(self) -> bool:
        return self.manages and self.comment.state != Word.PUBLISHED

    @property
    def may_send_back(self) -> bool:
        known = self.comment.author_id is not None
        return self.manages and known and not self.own and self.comment.state != Word.RETURNED

    @property
    def may_delete(self) -> bool:
        return self.own or self.manages


def post_lines(
    posts: Sequence[Post], person: User, roles: Mapping[int, int | None] | int | None
) -> list[PostLine]:
    """These posts for someone, by their role in each blog (by key), or in the one they are all of. Two queries."""
    pieces = pieces_of(BLOG, [post.uuid for post in posts])
    comments = counts_of_comments(posts) if posts else {}

    def role(post: Post) -> int | None:
        return roles.get(post.blog_id) if isinstance(roles, Mapping) else roles

    return [
        PostLine(post, standing_of(post, person, role(post)), pieces[post.uuid], comments.get(post.pk, 0))
        for post in posts
    ]


def comment_lines(comments: Sequence[Comment], person: User, role: Role | int | None) -> list[CommentLine]:
    """These comments for someone of this role in the blog."""
    manages = may(role, Act.SHARE)
    return [CommentLine(each, each.author_id == person.pk, manages) for each in comments]


def cut(text: str, letters: int = EXCERPT) -> str:
    """The beginning of a text, at a word."""
    words = " ".join(text.split())
    if len(words) <= letters:
        return words
    return f"{words[:letters].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def day_words(instant: datetime) -> str:
    """« Mardi 15 septembre », its year where it is another."""
    words = day(instant) if _this_year(instant) else day_year(instant)
    return f"{words[:1].upper()}{words[1:]}"


def moment_words(instant: datetime) -> str:
    """« mardi 15 septembre à 9 h 15 », its year where it is another."""
    return moment(instant) if _this_year(instant) else moment_year(instant)


def month_words(month: date) -> str:
    """« Septembre 2026 »."""
    words = timezone.localtime(month).date() if isinstance(month, datetime) else month
    name = MONTHS[words.month - 1]
    return f"{name[:1].upper()}{name[1:]} {words.year}"


def _this_year(instant: datetime) -> bool:
    return timezone.localtime(instant).year == clock.today().year
