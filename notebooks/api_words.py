"""What the API of notebooks says, in one place: serializers of cahiers de textes and of words to relatives."""

from typing import Any

from rest_framework import serializers

from notebooks.enums import Asks, Stage, WordState
from notebooks.models.homework import MOST_MINUTES, SUBJECT_LENGTH, TITLE_LENGTH
from notebooks.models.liaison import WORD_TITLE_LENGTH


class NotebookSerializer(serializers.Serializer[Any]):
    """A notebook, whatever its kind; `role` is the caller's, from 1 (Consulter) to 4 (Gérer)."""

    uuid = serializers.UUIDField(source="resource.uuid")
    kind = serializers.CharField(source="resource.kind")
    title = serializers.CharField(source="resource.title")
    role = serializers.IntegerField(source="resource.my_role")
    mine = serializers.BooleanField()
    url = serializers.CharField()
    changed_at = serializers.DateTimeField(source="resource.changed_at")


class NotebookBookSerializer(serializers.Serializer[Any]):
    """A cahier de textes, or a carnet de liaison."""

    uuid = serializers.UUIDField()
    title = serializers.CharField()
    school_class = serializers.SerializerMethodField()
    role = serializers.IntegerField(source="my_role")
    changed_at = serializers.DateTimeField()

    def get_school_class(self, resource: Any) -> str | None:
        book = getattr(resource, self.context["book"])
        return str(book.school_class.uuid) if book.school_class else None


class NewNotebookSerializer(serializers.Serializer[Any]):
    """`share`: at once, with the class's families (cahier de textes), or with the direction (carnet)."""

    title = serializers.CharField(max_length=120)
    school_class = serializers.UUIDField(allow_null=True, default=None)
    share = serializers.BooleanField(default=False)


class NotebookSettingsSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=120)
    school_class = serializers.UUIDField(allow_null=True, default=None)


class NotebookFileSerializer(serializers.Serializer[Any]):
    """A file joined; its content is `/pieces/fichier/<uuid>/`."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    caption = serializers.CharField()


class HomeworkSerializer(serializers.Serializer[Any]):
    """Homework as the caller reads it; `done` is the mark of the pupil asked about."""

    uuid = serializers.UUIDField(source="entry.uuid")
    book = serializers.UUIDField(source="entry.book.resource.uuid")
    author = serializers.CharField(source="entry.author_name")
    stage = serializers.ChoiceField(Stage.choices, source="entry.stage")
    subject = serializers.CharField(source="entry.subject")
    title = serializers.CharField(source="entry.title")
    body = serializers.CharField(source="entry.body")
    given_on = serializers.DateField(source="entry.given_on")
    due_on = serializers.DateField(source="entry.due_on")
    minutes = serializers.IntegerField(source="entry.minutes", allow_null=True)
    done = serializers.BooleanField()
    changes = serializers.BooleanField()
    files = NotebookFileSerializer(source="pieces", many=True)


class HomeworkWordsSerializer(serializers.Serializer[Any]):
    """`publish`: at once."""

    subject = serializers.CharField(max_length=SUBJECT_LENGTH, allow_blank=True, default="")
    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True, default="")
    body = serializers.CharField(allow_blank=True, default="")
    given_on = serializers.DateField()
    due_on = serializers.DateField()
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES, allow_null=True, default=None)
    publish = serializers.BooleanField(default=False)


class HomeworkTickSerializer(serializers.Serializer[Any]):
    done = serializers.BooleanField()


class HomeworkWeekSerializer(serializers.Serializer[Any]):
    """Any day of the week."""

    week = serializers.DateField()


class HomeworkWeekCopySerializer(serializers.Serializer[Any]):
    """Any day of each week."""

    source = serializers.DateField()
    target = serializers.DateField()


class HomeworkBookCopySerializer(NewNotebookSerializer):
    """`first`: any day of the week on which the first one falls."""

    first = serializers.DateField()


class HomeworkCountSerializer(serializers.Serializer[Any]):
    entries = serializers.IntegerField()


class HomeworkCalendarAskedSerializer(serializers.Serializer[Any]):
    """`renew`: the former address opens nothing any more."""

    pupil = serializers.UUIDField()
    renew = serializers.BooleanField(default=False)


class HomeworkCalendarSerializer(serializers.Serializer[Any]):
    address = serializers.URLField()


class WordWordsSerializer(serializers.Serializer[Any]):
    """What a draft says, and whom it is for; once it went, its text and its deadline, and whether signatures are
    asked again."""

    title = serializers.CharField(max_length=WORD_TITLE_LENGTH, allow_blank=True, default="")
    body = serializers.CharField(allow_blank=True, default="")
    asks = serializers.ChoiceField(Asks.choices, default=Asks.SIGNATURE)
    due_on = serializers.DateField(allow_null=True, default=None)
    classes = serializers.ListField(child=serializers.UUIDField(), default=list)
    pupils = serializers.ListField(child=serializers.UUIDField(), default=list)
    ask_again = serializers.BooleanField(default=True)


class WordSerializer(serializers.Serializer[Any]):
    """A word as who follows it sees it, with how many copies are held and signed."""

    uuid = serializers.UUIDField(source="word.uuid")
    author = serializers.CharField(source="word.author_name")
    state = serializers.ChoiceField(WordState.choices, source="word.state")
    asks = serializers.ChoiceField(Asks.choices, source="word.asks")
    title = serializers.CharField(source="word.title")
    body = serializers.CharField(source="word.body")
    due_on = serializers.DateField(source="word.due_on", allow_null=True)
    version = serializers.IntegerField(source="word.version")
    sent_at = serializers.DateTimeField(source="word.sent_at", allow_null=True)
    held = serializers.IntegerField()
    signed = serializers.IntegerField()


class WordCopySerializer(serializers.Serializer[Any]):
    """What one legal relative holds, as who follows the word sees it; `relative` is null where none is known."""

    uuid = serializers.UUIDField(source="copy.uuid")
    pupil = serializers.UUIDField(source="copy.pupil.uuid")
    school_class = serializers.CharField(source="copy.class_label")
    relative = serializers.SerializerMethodField()
    signed = serializers.BooleanField()
    signed_at = serializers.DateTimeField(source="copy.signed_at", allow_null=True)
    signed_version = serializers.IntegerField(source="copy.signed_version")
    answer = serializers.BooleanField(source="copy.answer", allow_null=True)
    on_paper = serializers.SerializerMethodField()
    read_at = serializers.DateTimeField(source="copy.read_at", allow_null=True)

    def get_relative(self, line: Any) -> str | None:
        return str(line.copy.relative.uuid) if line.copy.relative else None

    def get_on_paper(self, line: Any) -> bool:
        return line.copy.on_paper_by is not None


class WordPaperSerializer(serializers.Serializer[Any]):
    """A slip that came back; with `signed` false, noted no more."""

    copy = serializers.UUIDField()
    signed = serializers.BooleanField(default=True)
    answer = serializers.BooleanField(allow_null=True, default=None)


class WordPeopleSerializer(serializers.Serializer[Any]):
    people = serializers.IntegerField()


class ReceivedWordSerializer(serializers.Serializer[Any]):
    """A word as its relative holds it, for one child."""

    uuid = serializers.UUIDField(source="copy.uuid")
    word = serializers.UUIDField(source="word.uuid")
    child = serializers.CharField()
    author = serializers.CharField(source="word.author_name")
    title = serializers.CharField(source="word.title")
    body = serializers.CharField(source="word.body")
    asks = serializers.ChoiceField(Asks.choices, source="word.asks")
    due_on = serializers.DateField(source="word.due_on", allow_null=True)
    sent_at = serializers.DateTimeField(source="copy.sent_at")
    waits = serializers.BooleanField()
    signed_at = serializers.DateTimeField(source="copy.signed_at", allow_null=True)
    answer = serializers.BooleanField(source="copy.answer", allow_null=True)
    corrected = serializers.BooleanField()


class WordAnswerSerializer(serializers.Serializer[Any]):
    """`answer`: for an authorisation."""

    answer = serializers.BooleanField(allow_null=True, default=None)
