"""The cahier mémo: a book of pages, pages of blocks, made to be kept."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from notebooks.memo_enums import BlockKind, Cover, Drawing
from sharing.models import Resource

TITLE_LENGTH = 120
WORDS_LENGTH = 1_000
CAPTION_LENGTH = 300
ADDRESS_LENGTH = 2_000


class MemoBook(models.Model):
    """A cahier mémo: its title, owner and rights are its resource's. `cover` is its colour, `drawing` what is on
    it, where no picture of one's own is kept for it."""

    resource = models.OneToOneField(
        Resource, on_delete=models.PROTECT, primary_key=True, related_name="memo_book"
    )
    cover = models.CharField(max_length=6, choices=Cover, default=Cover.VIOLET)
    drawing = models.CharField(max_length=8, choices=Drawing, default=Drawing.STAR)
    words = models.TextField(max_length=WORDS_LENGTH, blank=True, default="")

    class Meta:
        verbose_name = "cahier mémo"
        constraints = [
            models.CheckConstraint(condition=Q(cover__in=Cover.values), name="memo_cover_known"),
            models.CheckConstraint(condition=Q(drawing__in=Drawing.values), name="memo_drawing_known"),
        ]

    def __str__(self) -> str:
        return f"memo book {self.resource_id}"


class MemoPage(models.Model):
    """A page, its author's. `version` grows when its title changes; `said` holds its words folded, for search:
    of a page that says nothing yet, its author and who manages the book alone know. Removed, it waits in the
    book for its author, or who manages it, to put it back or delete it for good."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    book = models.ForeignKey(MemoBook, on_delete=models.CASCADE, related_name="pages", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    said = models.TextField(blank=True, default="")
    filled = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "page d’un cahier mémo"
        indexes = [models.Index(fields=["book", "position"], name="memo_page_by_book")]

    def __str__(self) -> str:
        return self.title or f"memo page {self.uuid}"


class MemoBlock(models.Model):
    """A part of a page: a text (`body`, HTML that `ui.rich_text` cleaned), a picture, a sound or a film (a file
    kept for it), a link (`address`; nothing is fetched from there). `version` grows at each change, `changed_by`
    is the UUID of who made the last and `hand` that of the form, which saves as one types and never stands in its
    own way; removed, it waits a day to be put back."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    page = models.ForeignKey(MemoPage, on_delete=models.CASCADE, related_name="blocks", db_index=False)
    kind = models.CharField(max_length=7, choices=BlockKind)
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    body = models.TextField(blank=True, default="")
    caption = models.CharField(max_length=CAPTION_LENGTH, blank=True, default="")
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True, blank=True)
    hand = models.UUIDField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bloc d’une page"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="memo_block_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=BlockKind.LINK) | ~Q(address=""), name="memo_link_leads_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["page", "position"], name="memo_block_by_page")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
