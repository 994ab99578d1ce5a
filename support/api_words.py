"""Requests, their conversation and articles, as the API says them to one person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directory.rules import Standpoint
from documents.pieces import Piece
from support.enums import Category, Level, State, Urgency
from support.lines import Said, reads_names, subject_for, who_asked
from support.models import CannedAnswer, Ticket
from support.querysets import desk_of
from support.rules import handles, helps


class TicketSerializer(serializers.ModelSerializer[Ticket]):
    """A request, as the caller may read it: `names_shown` is false where names of families and files are hidden
    from them."""

    number = serializers.IntegerField(source="pk", read_only=True)
    subject = serializers.SerializerMethodField()
    author = serializers.SerializerMethodField()
    author_name = serializers.SerializerMethodField()
    school = serializers.UUIDField(source="school.uuid", allow_null=True, default=None)
    place = serializers.CharField(source="place_name")
    level = serializers.SerializerMethodField()
    assignee = serializers.UUIDField(source="assignee.uuid", allow_null=True, default=None)
    assignee_name = serializers.CharField(source="assignee.full_name", default="")
    names_shown = serializers.SerializerMethodField()
    mine = serializers.SerializerMethodField()
    helping = serializers.SerializerMethodField()
    to_handle = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields = [
            "uuid", "number", "subject", "author", "author_name", "author_profile", "school", "place", "level",
            "state", "category", "application", "urgency", "assignee", "assignee_name", "names_shown", "mine",
            "helping", "to_handle", "opened_at", "changed_at", "answered_at", "ended_at",
        ]  # fmt: skip

    @property
    def me(self) -> Standpoint:
        found = self.context["me"]
        assert isinstance(found, Standpoint)
        return found

    def get_subject(self, ticket: Ticket) -> str:
        return subject_for(self.me, ticket)

    @extend_schema_field(OpenApiTypes.UUID)
    def get_author(self, ticket: Ticket) -> UUID | None:
        """None where their name is hidden."""
        named = ticket.author is not None and who_asked(self.me, ticket) == ticket.author_name
        return ticket.author.uuid if ticket.author is not None and named else None

    def get_author_name(self, ticket: Ticket) -> str:
        return who_asked(self.me, ticket)

    def get_level(self, ticket: Ticket) -> str:
        return Level(ticket.level).name

    def get_names_shown(self, ticket: Ticket) -> bool:
        return reads_names(self.me, ticket)

    def get_mine(self, ticket: Ticket) -> bool:
        return ticket.author_id == self.me.person

    def get_helping(self, ticket: Ticket) -> bool:
        return helps(self.me, desk_of(ticket))

    def get_to_handle(self, ticket: Ticket) -> bool:
        return handles(self.me, desk_of(ticket))


class TicketFileSerializer(serializers.Serializer[Piece]):
    """A file joined: its bytes are those of the document."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    caption = serializers.CharField()


class TicketPartSerializer(serializers.Serializer[Said]):
    """A part of the conversation: something said, a note (to helpers alone), a step in words."""

    uuid = serializers.UUIDField(source="message.uuid")
    kind = serializers.CharField(source="message.kind")
    author_name = serializers.CharField(source="who")
    author_profile = serializers.CharField(source="profile")
    mine = serializers.BooleanField()
    body = serializers.CharField(allow_blank=True)
    step = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(source="message.at")
    files = TicketFileSerializer(source="pieces", many=True)
    files_hidden = serializers.IntegerField(source="hidden")


class TicketWholeSerializer(TicketSerializer):
    """With its conversation, the page and the browser that it tells, and the levels to which it may pass."""

    page = serializers.SerializerMethodField()
    parts = serializers.SerializerMethodField()
    passes_to = serializers.SerializerMethodField()

    class Meta(TicketSerializer.Meta):
        fields = [*TicketSerializer.Meta.fields, "page", "browser", "parts", "passes_to"]

    def get_page(self, ticket: Ticket) -> str:
        return str(self.context["page"])

    @extend_schema_field(TicketPartSerializer(many=True))
    def get_parts(self, ticket: Ticket) -> list[Mapping[str, Any]]:
        return [dict(each) for each in TicketPartSerializer(self.context["said"], many=True).data]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_passes_to(self, ticket: Ticket) -> list[str]:
        return [each.name for each in self.context["passes_to"]]


class TicketAskSerializer(serializers.Serializer[Any]):
    """`documents`: files of the Espace documentaire, joined; `page`: a path of this site."""

    subject = serializers.CharField(max_length=150)
    body = serializers.CharField(max_length=50_000, help_text="HTML, cleaned")
    category = serializers.ChoiceField(Category.choices)
    application = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    urgency = serializers.ChoiceField(Urgency.choices, required=False, default=Urgency.NORMAL)
    school = serializers.UUIDField(required=False, allow_null=True, default=None)
    page = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    documents = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, default=list
    )


class TicketAnswerSerializer(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=50_000, allow_blank=True, help_text="HTML, cleaned")
    state = serializers.ChoiceField(State.choices, required=False)
    documents = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, default=list
    )


class TicketNoteSerializer(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=50_000, help_text="HTML, cleaned")


class TicketStateSerializer(serializers.Serializer[Any]):
    """`CLOSED` is its author's to say; the others, whoever's turn it is."""

    state = serializers.ChoiceField(State.choices)


class TicketAssignSerializer(serializers.Serializer[Any]):
    person = serializers.UUIDField(allow_null=True)


class TicketClassifySerializer(serializers.Serializer[Any]):
    category = serializers.ChoiceField(Category.choices, required=False)
    application = serializers.CharField(max_length=40, required=False, allow_blank=True)
    urgency = serializers.ChoiceField(Urgency.choices, required=False)


class TicketPassSerializer(serializers.Serializer[Any]):
    """`level`: SCHOOL, DISTRICT, ACADEMY or PLATFORM. `names`: whether the names of families and files are read at that level; asked each time."""

    level = serializers.ChoiceField([each.name for each in Level])
    names = serializers.BooleanField()


class CannedAnswerSerializer(serializers.ModelSerializer[CannedAnswer]):
    """An answer kept ready; `own`, whether the caller may write it."""

    level = serializers.SerializerMethodField()
    place = serializers.CharField(source="place_name")
    own = serializers.SerializerMethodField()

    class Meta:
        model = CannedAnswer
        fields = ["uuid", "level", "place", "title", "body", "changed_at", "own"]

    def get_level(self, answer: CannedAnswer) -> str:
        return answer.level.name

    def get_own(self, answer: CannedAnswer) -> bool:
        return answer.pk in self.context["own"]


class CannedAnswerWriteSerializer(serializers.Serializer[Any]):
    """`place`: `school:<uuid>`, `district:<uuid>`, `academy:<uuid>` or `platform`; of no use in a change."""

    place = serializers.CharField(max_length=60, required=False, default="")
    title = serializers.CharField(max_length=120)
    body = serializers.CharField(max_length=50_000, help_text="HTML, cleaned")


class HelpArticleSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    topic = serializers.CharField()
    season = serializers.CharField()


class HelpArticleWholeSerializer(HelpArticleSerializer):
    body = serializers.CharField(help_text="HTML")


class DeskShareSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()
    count = serializers.IntegerField()


class DeskWeekSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()
    told = serializers.CharField()


class DeskFiguresSerializer(serializers.Serializer[Any]):
    """Volume and median delays of a period, in words as the page says them."""

    since = serializers.DateField()
    asked = serializers.IntegerField()
    waiting = serializers.IntegerField()
    solved = serializers.IntegerField()
    first_answer = serializers.CharField()
    resolution = serializers.CharField()
    volume = DeskWeekSerializer(source="volume.bars", many=True)
    first_answers = DeskWeekSerializer(source="first_answers.bars", many=True)
    resolutions = DeskWeekSerializer(source="resolutions.bars", many=True)
    categories = DeskShareSerializer(many=True)
    applications = DeskShareSerializer(many=True)
