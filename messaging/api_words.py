"""What the API of messages reads and answers."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from messaging.enums import Box, Line, Reason, State
from messaging.models import SUBJECT_LENGTH, Address, Attachment, Copy, Folder, Report

MOST = 100  # messages that one act takes
RECIPIENTS = 1_000


class AddressSerializer(serializers.ModelSerializer[Address]):
    """To whom, as the caller may know it. `reached`: how many people a group brought."""

    person = serializers.UUIDField(source="person.uuid", allow_null=True, default=None)

    class Meta:
        model = Address
        fields = ["line", "person", "label", "reached", "refused"]


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file joined, or a picture that the text shows (`inline`): there it is `<img src="…">`, its address."""

    src = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["uuid", "name", "size", "inline", "src"]

    def get_src(self, attachment: Attachment) -> str:
        return reverse("messaging:attachment", args=[attachment.uuid])


class MessageLineSerializer(serializers.ModelSerializer[Copy]):
    """A line of a box."""

    uuid = serializers.UUIDField(source="message.uuid")
    thread = serializers.UUIDField(source="message.thread")
    subject = serializers.CharField(source="message.subject")
    author = serializers.UUIDField(source="message.author.uuid", allow_null=True, default=None)
    author_name = serializers.CharField(source="message.author_name")
    addressed = serializers.CharField(source="message.addressed")
    state = serializers.ChoiceField(source="message.state", choices=State.choices)
    box = serializers.ChoiceField(choices=Box.choices)
    unread = serializers.SerializerMethodField()
    attached = serializers.SerializerMethodField()
    folder = serializers.UUIDField(source="folder.uuid", allow_null=True, default=None)

    class Meta:
        model = Copy
        fields = [
            "uuid", "thread", "subject", "author", "author_name", "addressed", "state", "box", "at", "unread",
            "attached", "folder", "trashed_at",
        ]  # fmt: skip

    def get_unread(self, copy: Copy) -> bool:
        return copy.box == Box.RECEIVED and copy.read_at is None

    def get_attached(self, copy: Copy) -> bool:
        return bool(getattr(copy, "has_attachment", False))


class MessageSerializer(MessageLineSerializer):
    """A message whole: `body` is cleaned HTML, `text` its words."""

    body = serializers.CharField(source="message.body")
    text = serializers.CharField(source="message.text")
    no_reply = serializers.BooleanField(source="message.no_reply")
    urgent = serializers.BooleanField(source="message.urgent")
    send_at = serializers.DateTimeField(source="message.send_at", allow_null=True)
    sent_at = serializers.DateTimeField(source="message.sent_at", allow_null=True)
    recalled_at = serializers.DateTimeField(source="message.recalled_at", allow_null=True)
    weight = serializers.IntegerField(source="message.weight")
    addresses = serializers.SerializerMethodField()
    attachments = serializers.SerializerMethodField()

    class Meta(MessageLineSerializer.Meta):
        fields = [
            *MessageLineSerializer.Meta.fields, "body", "text", "no_reply", "urgent", "send_at", "sent_at",
            "recalled_at", "weight", "addresses", "attachments",
        ]  # fmt: skip

    def get_addresses(self, copy: Copy) -> list[dict[str, Any]]:
        rows: dict[int, list[Address]] = self.context["addresses"]
        return [dict(each) for each in AddressSerializer(rows[copy.message_id], many=True).data]

    def get_attachments(self, copy: Copy) -> list[dict[str, Any]]:
        rows: dict[int, list[Attachment]] = self.context["attachments"]
        return [dict(each) for each in AttachmentSerializer(rows[copy.message_id], many=True).data]


class MessageRecipientSerializer(serializers.Serializer[Any]):
    """One of these three, on a line; a favourite is whom it names now."""

    line = serializers.ChoiceField(choices=Line.choices, default=Line.TO)
    person = serializers.UUIDField(required=False)
    group = serializers.UUIDField(required=False)
    favourite = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & {"person", "group", "favourite"}) != 1:
            raise serializers.ValidationError("Une personne, un groupe ou un favori.")
        return attrs


class DraftSerializer(serializers.Serializer[Any]):
    """What is written so far; what is left out stays. `body` is HTML, cleaned when it is kept."""

    subject = serializers.CharField(max_length=SUBJECT_LENGTH, allow_blank=True, required=False)
    body = serializers.CharField(max_length=500_000, allow_blank=True, required=False)
    recipients = MessageRecipientSerializer(many=True, required=False, max_length=RECIPIENTS)
    no_reply = serializers.BooleanField(required=False)
    urgent = serializers.BooleanField(required=False)


class SendSerializer(serializers.Serializer[Any]):
    """`at`: an instant to come; at once where there is none."""

    at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class AnswerSerializer(serializers.Serializer[Any]):
    everybody = serializers.BooleanField(default=False)


class NewReportSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=Reason.choices)
    words = serializers.CharField(max_length=2_000, allow_blank=True, required=False, default="")


class ReportedSerializer(serializers.ModelSerializer[Report]):
    """A report, as whoever made it knows it."""

    class Meta:
        model = Report
        fields = ["uuid", "reason", "words", "at"]


class JoinedSerializer(serializers.Serializer[Any]):
    """`inline`: a picture for the text, which has to show it when the message goes."""

    file = serializers.FileField(allow_empty_file=True, max_length=1_000)
    inline = serializers.BooleanField(default=False)


class JoinedDocumentsSerializer(serializers.Serializer[Any]):
    """Files of the Espace documentaire, by UUID."""

    documents = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MOST)


class KeptSerializer(serializers.Serializer[Any]):
    """The document that a file received became."""

    document = serializers.UUIDField()
    title = serializers.CharField()


class ActSerializer(serializers.Serializer[Any]):
    """One act on messages that the caller holds; `folder` (a UUID, or null for the box) for `move`."""

    act = serializers.ChoiceField(choices=["read", "unread", "throw", "restore", "move", "erase"])
    messages = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MOST)
    folder = serializers.UUIDField(required=False, allow_null=True, default=None)


class DoneSerializer(serializers.Serializer[Any]):
    """How many messages changed, and what that freed, in bytes."""

    count = serializers.IntegerField()
    freed = serializers.IntegerField(default=0)


class MessageFolderSerializer(serializers.ModelSerializer[Folder]):
    class Meta:
        model = Folder
        fields = ["uuid", "name"]
        read_only_fields = ["uuid"]


class SignatureSerializer(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=20_000, allow_blank=True)
    on = serializers.BooleanField(default=True)


class OfferSerializer(serializers.Serializer[Any]):
    """Whom one may write to: `kind` is person, group or favourite."""

    kind = serializers.CharField()
    key = serializers.CharField(help_text="kind:uuid")
    name = serializers.CharField()
    sub = serializers.CharField()
