"""Blogs, their posts, and what is said of these. Who may do what is asked of the blog's resource; a post is its
author's besides, for as long as they see the blog."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat

from blog.enums import Circuit, State, Talk, Word
from core.storage.models import Blob
from sharing.models import Resource

TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 500
# What a post is found by.
WORDS = Func(
    Concat("title", Value(" "), "text", output_field=models.TextField()),
    function="blog_words",
    output_field=SearchVectorField(),
)


class Blog(models.Model):
    """A blog: its title, its owner and whom it is shared with are those of its resource.

    `illustration` is a content that this row holds; `circuit` and `comments` say how what contributors write,
    and what readers say, come to be read.
    """

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, primary_key=True, related_name="blog")
    description = models.CharField(max_length=DESCRIPTION_LENGTH, blank=True, default="")
    illustration = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    circuit = models.CharField(max_length=8, choices=Circuit, default=Circuit.REVIEWED)
    comments = models.CharField(max_length=8, choices=Talk, default=Talk.REVIEWED)

    class Meta:
        verbose_name = "blog"
        constraints = [
            models.CheckConstraint(condition=Q(circuit__in=Circuit.values), name="blog_circuit_known"),
            models.CheckConstraint(condition=Q(comments__in=Talk.values), name="blog_comments_known"),
        ]

    def __str__(self) -> str:
        return f"blog {self.pk}"


class Post(models.Model):
    """A post. `body` is HTML that `ui.rich_text` cleaned, `text` the same in plain words.

    `word` is what it was sent back with, empty once it is submitted again; `publish_at` when it comes out, where
    it is scheduled, and by whom (a UUID); `published_at` when it first came out: read again, corrected and published anew, it keeps its
    place. `told_at` is when its readers were told, once. Nobody left is its `author` once their account is no more.
    """

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    blog = models.ForeignKey(Blog, on_delete=models.CASCADE, related_name="posts", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    title = models.CharField("titre", max_length=TITLE_LENGTH, blank=True, default="")
    body = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    word = models.TextField(blank=True, default="")
    pinned = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.UUIDField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    words = models.GeneratedField(expression=WORDS, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        verbose_name = "billet"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="post_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="post_published_has_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED) | Q(publish_at__isnull=False),
                name="post_scheduled_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | ~Q(title=""), name="post_shown_has_a_title"
            ),
        ]
        indexes = [
            models.Index(
                fields=["blog", "-published_at", "-id"],
                condition=Q(state=State.PUBLISHED, trashed_at__isnull=True),
                name="post_published_by_blog",
            ),
            models.Index(fields=["blog", "-changed_at"], name="post_by_blog"),
            models.Index(fields=["author", "-changed_at"], name="post_by_author"),
            models.Index(
                fields=["publish_at"], condition=Q(state=State.SCHEDULED), name="post_scheduled_by_time"
            ),
            GinIndex(fields=["words"], name="post_by_words"),
        ]

    def __str__(self) -> str:
        return self.title or f"billet {self.uuid}"


class Comment(models.Model):
    """What someone says of a post, in plain words. `word` is what it was sent back with."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField("commentaire")
    state = models.CharField(max_length=9, choices=Word, default=Word.SUBMITTED)
    word = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "commentaire"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Word.values), name="blog_comment_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="blog_comment_says_something"),
        ]
        indexes = [models.Index(fields=["post", "at"], name="blog_comment_by_post")]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.text[:40]}"
