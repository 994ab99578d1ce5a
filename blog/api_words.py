"""What the API of blogs reads and answers."""

from typing import Any

from rest_framework import serializers

from blog.enums import Circuit, State, Talk, Word
from blog.models import DESCRIPTION_LENGTH, TITLE_LENGTH, Blog, Comment, Post
from blog.services.comments import MOST as COMMENT_LENGTH
from blog.services.posts import MOST_LETTERS
from blog.services.publish import WORD_LENGTH
from core.models import Job
from sharing.enums import Role


class BlogSerializer(serializers.ModelSerializer[Blog]):
    """A blog, and the caller's role there. `waiting` counts what is to be read first, for who manages it."""

    uuid = serializers.UUIDField(source="resource.uuid")
    title = serializers.CharField(source="resource.title")
    owner = serializers.UUIDField(source="resource.owner.uuid", allow_null=True, default=None)
    owner_school = serializers.UUIDField(source="resource.owner_school.uuid", allow_null=True, default=None)
    role = serializers.ChoiceField(source="my_role", choices=Role.choices)
    illustrated = serializers.SerializerMethodField()
    posts = serializers.IntegerField(source="posts_out")
    last_post_at = serializers.DateTimeField(allow_null=True)
    waiting = serializers.SerializerMethodField()

    class Meta:
        model = Blog
        fields = [
            "uuid", "title", "description", "owner", "owner_school", "role", "circuit", "comments", "illustrated",
            "posts", "last_post_at", "waiting",
        ]  # fmt: skip

    def get_illustrated(self, blog: Blog) -> bool:
        return blog.illustration_id is not None

    def get_waiting(self, blog: Any) -> int | None:
        return blog.waiting if blog.my_role == Role.MANAGE else None


class BlogSettingsSerializer(serializers.Serializer[Any]):
    """What a blog is opened with, or set to; what is left out stays."""

    title = serializers.CharField(max_length=TITLE_LENGTH, required=False)
    description = serializers.CharField(max_length=DESCRIPTION_LENGTH, allow_blank=True, required=False)
    circuit = serializers.ChoiceField(Circuit.choices, required=False)
    comments = serializers.ChoiceField(Talk.choices, required=False)


class BlogPictureSerializer(serializers.Serializer[Any]):
    """A picture in any format that browsers show."""

    file = serializers.FileField(max_length=1_000)


class BlogCopySerializer(serializers.Serializer[Any]):
    """What the copy is called; whether its posts are drafts."""

    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True, default="")
    as_drafts = serializers.BooleanField(default=True)


class BlogPdfSerializer(serializers.Serializer[Any]):
    comments = serializers.BooleanField(default=False)


class BlogJobSerializer(serializers.ModelSerializer[Job]):
    """How far the drawing is, 0 to 100; unknown: none."""

    percent = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Job
        fields = ["uuid", "state", "percent"]


class BlogPostLineSerializer(serializers.ModelSerializer[Post]):
    """A post in a list."""

    blog = serializers.UUIDField(source="blog.resource.uuid")
    author = serializers.UUIDField(source="author.uuid", allow_null=True, default=None)

    class Meta:
        model = Post
        fields = [
            "uuid", "blog", "author", "title", "text", "state", "pinned", "created_at", "changed_at", "publish_at",
            "published_at", "trashed_at",
        ]  # fmt: skip


class BlogPostSerializer(BlogPostLineSerializer):
    """A post whole: `body` is cleaned HTML; `word`, what it was sent back with. Its files: `/api/v1/pieces/blog/`."""

    class Meta(BlogPostLineSerializer.Meta):
        fields = [*BlogPostLineSerializer.Meta.fields, "body", "word"]


class BlogPostDraftSerializer(serializers.Serializer[Any]):
    """What is written; what is left out stays. `body` is HTML, cleaned when it is kept; `seen`, when it was last
    changed as far as the caller knows."""

    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True, required=False)
    body = serializers.CharField(max_length=MOST_LETTERS, allow_blank=True, required=False)
    seen = serializers.DateTimeField(required=False)


class BlogPublishSerializer(serializers.Serializer[Any]):
    """Now, or at an instant to come. `reminded`: in a public blog, that one has read what may stand there."""

    at = serializers.DateTimeField(allow_null=True, default=None)
    reminded = serializers.BooleanField(default=False)


class BlogWordSerializer(serializers.Serializer[Any]):
    """What a text is sent back with."""

    word = serializers.CharField(max_length=WORD_LENGTH)


class BlogPinSerializer(serializers.Serializer[Any]):
    on = serializers.BooleanField()


class BlogBlurredSerializer(serializers.Serializer[Any]):
    """A picture whose faces were blurred; in the place of `piece`, one that the post bears."""

    file = serializers.FileField(max_length=1_000)
    piece = serializers.UUIDField(required=False)


class BlogBlurredPieceSerializer(serializers.Serializer[Any]):
    """The file that the post bears now."""

    uuid = serializers.UUIDField()


class BlogCommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment; `word`, what it was sent back with."""

    post = serializers.UUIDField(source="post.uuid")
    author = serializers.UUIDField(source="author.uuid", allow_null=True, default=None)
    state = serializers.ChoiceField(Word.choices)

    class Meta:
        model = Comment
        fields = ["uuid", "post", "author", "text", "state", "word", "at"]


class BlogSaidSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=COMMENT_LENGTH)


class BlogHiddenSerializer(serializers.Serializer[Any]):
    """A class, how many pupils it has, and those of them who may not be pictured."""

    school_class = serializers.UUIDField(source="school_class.uuid")
    label = serializers.CharField(source="school_class.label")
    number = serializers.IntegerField()
    pupils = serializers.SerializerMethodField()

    def get_pupils(self, hidden: Any) -> list[str]:
        return [str(pupil.uuid) for pupil in hidden.pupils]


STATES = [state.value for state in State]
