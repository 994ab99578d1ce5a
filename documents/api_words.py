"""What the API of documents reads and answers."""

from typing import Any

from rest_framework import serializers

from documents.models import Comment, FileVersion, Returned
from documents.services.space import Space
from sharing.enums import Role
from sharing.models import Resource

MOST = 200  # things that one act takes


class DocumentSerializer(serializers.ModelSerializer[Resource]):
    """A folder or a file; `role` is the caller's on it. `size` (bytes) and the three after it: a file's."""

    role = serializers.ChoiceField(source="my_role", choices=Role.choices)
    owner = serializers.UUIDField(source="owner.uuid", allow_null=True, default=None)
    parent = serializers.SerializerMethodField()
    size = serializers.IntegerField(source="file.size", allow_null=True, default=None)
    charged = serializers.IntegerField(source="file.charged", allow_null=True, default=None)
    media_type = serializers.CharField(source="file.media_type", allow_null=True, default=None)
    version = serializers.IntegerField(source="file.current", allow_null=True, default=None)

    class Meta:
        model = Resource
        fields = [
            "uuid", "kind", "title", "role", "owner", "parent", "size", "charged", "media_type", "version",
            "created_at", "changed_at", "trashed_at",
        ]  # fmt: skip

    def get_parent(self, resource: Resource) -> str | None:
        """The folder's UUID, where the caller sees it."""
        seen: dict[int, Any] = self.context.get("parents", {})
        found = seen.get(resource.parent_id or 0)
        return str(found) if found else None


class PlaceSerializer(serializers.Serializer[Any]):
    """Where to: a folder's UUID, or null for the root."""

    folder = serializers.UUIDField(allow_null=True, default=None)


class NewFolderSerializer(PlaceSerializer):
    title = serializers.CharField(max_length=255)


class NewFileSerializer(PlaceSerializer):
    """A file sent whole; one that may be cut is sent to the resumable upload's address (tus 1.0)."""

    file = serializers.FileField(allow_empty_file=True, max_length=1_000)


class ContentSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=1_000)


class TitleSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=255)


class ChosenSerializer(serializers.Serializer[Any]):
    """Folders and files by their UUID."""

    documents = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)


class MovedSerializer(ChosenSerializer, PlaceSerializer):
    """Folders and files, and where they go."""


class ArrangedSerializer(serializers.Serializer[Any]):
    """What was moved or copied, and the names of those who see it there and did not, or no longer do."""

    documents = serializers.ListField(child=serializers.UUIDField())
    gained = serializers.ListField(child=serializers.CharField())
    lost = serializers.ListField(child=serializers.CharField())


class TrashedSerializer(serializers.Serializer[Any]):
    """What went to the trash; how many things of others went back to their owners."""

    documents = serializers.ListField(child=serializers.UUIDField())
    sent_home = serializers.IntegerField()


class ReturnedSerializer(serializers.ModelSerializer[Returned]):
    """Things of the caller's that came back from a folder that went; `of`, the UUID of whose it was."""

    class Meta:
        model = Returned
        fields = ["uuid", "folder", "of", "count", "at"]


class ErasedSerializer(serializers.Serializer[Any]):
    """How many things are gone for good, and the bytes that this freed."""

    count = serializers.IntegerField()
    freed = serializers.IntegerField()


class VersionSerializer(serializers.ModelSerializer[FileVersion]):
    """A content of a file; `by` is the UUID of whoever sent it."""

    class Meta:
        model = FileVersion
        fields = ["number", "name", "size", "media_type", "by", "at"]


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """`author` is null once their account is deleted."""

    author = serializers.UUIDField(source="author.uuid", allow_null=True, default=None)
    name = serializers.CharField(source="author.full_name", allow_null=True, default=None)

    class Meta:
        model = Comment
        fields = ["uuid", "author", "name", "text", "at"]


class SaidSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2_000)


class QuotaSerializer(serializers.Serializer[Any]):
    """The caller's space, in bytes."""

    used = serializers.IntegerField()
    reserved = serializers.IntegerField()
    limit = serializers.IntegerField()
    free = serializers.IntegerField()
    over = serializers.BooleanField()


class ShareOfSpaceSerializer(serializers.Serializer[Any]):
    media_type = serializers.CharField()
    count = serializers.IntegerField()
    size = serializers.IntegerField()


class HeavySerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="resource.uuid")
    title = serializers.CharField(source="resource.title")
    charged = serializers.IntegerField()


class StepSerializer(serializers.Serializer[Any]):
    step = serializers.CharField()
    size = serializers.IntegerField()


class SpaceSerializer(serializers.Serializer[Space]):
    """Where the caller's space goes, and what each step would free, in bytes."""

    quota = QuotaSerializer()
    shares = ShareOfSpaceSerializer(many=True)
    largest = HeavySerializer(many=True)
    oldest = HeavySerializer(many=True)
    duplicates = serializers.ListField(child=HeavySerializer(many=True))
    former = serializers.IntegerField()
    trash = serializers.IntegerField()
    steps = StepSerializer(many=True)
