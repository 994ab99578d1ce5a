"""What the API of cahiers mémo reads and answers."""

from typing import Any

from rest_framework import serializers

from notebooks.memo_enums import BlockKind, Cover, Drawing
from notebooks.memo_lines import Shown
from notebooks.models import MemoPage
from notebooks.models.memo import ADDRESS_LENGTH, CAPTION_LENGTH, TITLE_LENGTH, WORDS_LENGTH
from sharing.enums import Role
from sharing.models import Resource

HTML = 200_000


class MemoBookSerializer(serializers.ModelSerializer[Resource]):
    """A book, as the caller sees it: `role` is theirs; its cover is a colour and a drawing, or a picture (its
    address)."""

    owner = serializers.UUIDField(source="owner.uuid", allow_null=True, default=None)
    role = serializers.IntegerField(source="my_role")
    cover = serializers.ChoiceField(source="memo_book.cover", choices=Cover.choices)
    drawing = serializers.ChoiceField(source="memo_book.drawing", choices=Drawing.choices)
    words = serializers.CharField(source="memo_book.words")
    picture = serializers.SerializerMethodField()

    class Meta:
        model = Resource
        fields = [
            "uuid", "title", "owner", "role", "cover", "drawing", "words", "picture", "created_at",
            "changed_at", "trashed_at",
        ]  # fmt: skip

    def get_picture(self, book: Resource) -> str | None:
        piece = self.context["pictures"].get(book.uuid)
        return piece.content_url if piece else None


class MemoBookWriteSerializer(serializers.Serializer[Any]):
    """A book's title and cover; what is left out stays."""

    title = serializers.CharField(max_length=TITLE_LENGTH, required=False)
    cover = serializers.ChoiceField(choices=Cover.choices, required=False)
    drawing = serializers.ChoiceField(choices=Drawing.choices, required=False)
    words = serializers.CharField(max_length=WORDS_LENGTH, required=False, allow_blank=True)


class MemoFileSerializer(serializers.Serializer[Any]):
    """A file sent."""

    file = serializers.FileField()
    caption = serializers.CharField(max_length=CAPTION_LENGTH, required=False, allow_blank=True, default="")


class MemoCopySerializer(serializers.Serializer[Any]):
    """The title of a copy."""

    title = serializers.CharField(max_length=TITLE_LENGTH, required=False, allow_blank=True, default="")


class MemoInNamesSerializer(serializers.Serializer[Any]):
    """A class of which each pupil gets the book by name; with their relatives, who read; with a page each."""

    school_class = serializers.UUIDField()
    role = serializers.IntegerField(
        min_value=int(Role.READ), max_value=int(Role.CONTRIBUTE), default=int(Role.READ)
    )
    relatives = serializers.BooleanField(default=False)
    pages = serializers.BooleanField(default=False)


class MemoInNamesDoneSerializer(serializers.Serializer[Any]):
    """How many have it by name, and how many pages were added."""

    pupils = serializers.IntegerField()
    relatives = serializers.IntegerField()
    pages = serializers.IntegerField()


class MemoPageSerializer(serializers.ModelSerializer[MemoPage]):
    """A page. `filled`: it says something, and its readers see it."""

    author = serializers.UUIDField(source="author.uuid", allow_null=True, default=None)
    book = serializers.UUIDField(source="book.resource.uuid")

    class Meta:
        model = MemoPage
        fields = [
            "uuid", "book", "title", "author", "position", "version", "filled", "created_at", "changed_at",
            "removed_at",
        ]  # fmt: skip


class MemoBlockSerializer(serializers.Serializer[Shown]):
    """A part of a page. `html` of a text, `address` of a link, `file` (its address) of a picture, a sound or a
    film; None where it is no more there."""

    uuid = serializers.UUIDField(source="block.uuid")
    kind = serializers.ChoiceField(source="block.kind", choices=BlockKind.choices)
    version = serializers.IntegerField(source="block.version")
    html = serializers.CharField(source="block.body")
    caption = serializers.CharField(source="block.caption")
    address = serializers.CharField(source="block.address")
    file = serializers.CharField(source="file.content_url", default=None, allow_null=True)
    name = serializers.CharField(source="file.name", default=None, allow_null=True)
    changed_at = serializers.DateTimeField(source="block.changed_at")
    changed_by = serializers.UUIDField(source="block.changed_by", allow_null=True)


class MemoWholePageSerializer(serializers.Serializer[Any]):
    """A page with its blocks, in order."""

    page = MemoPageSerializer()
    blocks = MemoBlockSerializer(many=True)


class MemoPageWriteSerializer(serializers.Serializer[Any]):
    """A title; `version` is the one that was read."""

    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True)
    version = serializers.IntegerField(required=False, min_value=1)


class MemoNewPageSerializer(serializers.Serializer[Any]):
    """A new page."""

    title = serializers.CharField(max_length=TITLE_LENGTH, required=False, allow_blank=True, default="")


class MemoPlaceSerializer(serializers.Serializer[Any]):
    """After which one it goes; first, where that is None."""

    after = serializers.UUIDField(allow_null=True)


class MemoNewBlockSerializer(serializers.Serializer[Any]):
    """A text, or a link."""

    kind = serializers.ChoiceField(choices=[BlockKind.TEXT.value, BlockKind.LINK.value])
    html = serializers.CharField(max_length=HTML, required=False, allow_blank=True, default="")
    address = serializers.CharField(max_length=ADDRESS_LENGTH, required=False, allow_blank=True, default="")
    caption = serializers.CharField(max_length=CAPTION_LENGTH, required=False, allow_blank=True, default="")


class MemoBlockWriteSerializer(serializers.Serializer[Any]):
    """What changes; `version` is the one that was read."""

    version = serializers.IntegerField(min_value=1)
    html = serializers.CharField(max_length=HTML, required=False, allow_blank=True)
    address = serializers.CharField(max_length=ADDRESS_LENGTH, required=False)
    caption = serializers.CharField(max_length=CAPTION_LENGTH, required=False, allow_blank=True)


class MemoBelowSerializer(serializers.Serializer[Any]):
    """A text for under a block that somebody else saved meanwhile."""

    html = serializers.CharField(max_length=HTML)


class MemoDocumentsSerializer(serializers.Serializer[Any]):
    """Files of the Espace documentaire."""

    documents = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=20)


class MemoJobSerializer(serializers.Serializer[Any]):
    """What takes long: the job, followed at `/api/v1/jobs/`; for a copy made at once, the book."""

    job = serializers.UUIDField(allow_null=True)
    book = serializers.UUIDField(allow_null=True)
