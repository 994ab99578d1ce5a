"""What the API of administered people takes and tells."""

from typing import Any

from rest_framework import serializers

from accounts.api_leaving import LeavingSerializer
from accounts.enums import Profile
from accounts.rules import EMAIL_LENGTH
from directory.administered_card import AdministeredCard


class AccountSchoolSerializer(serializers.Serializer[Any]):
    """A school of the caller's scope."""

    school = serializers.UUIDField()


class AttachedPlaceSerializer(AccountSchoolSerializer):
    function = serializers.CharField(max_length=120, default="", allow_blank=True)


class EditSerializer(serializers.Serializer[Any]):
    """What is said of a person; what is not given stays."""

    first_name = serializers.CharField(max_length=120, required=False)
    last_name = serializers.CharField(max_length=120, required=False)
    birth_date = serializers.DateField(required=False, allow_null=True)
    civility = serializers.CharField(max_length=12, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=EMAIL_LENGTH, required=False, allow_blank=True)
    mobile_phone = serializers.CharField(max_length=30, required=False, allow_blank=True)


class NewPersonSerializer(AccountSchoolSerializer):
    """An account to make: a relative by `children`, a pupil in `school_class` where one is said."""

    profile = serializers.ChoiceField(Profile.choices)
    first_name = serializers.CharField(max_length=120)
    last_name = serializers.CharField(max_length=120)
    birth_date = serializers.DateField(default=None, allow_null=True)
    civility = serializers.CharField(max_length=12, default="", allow_blank=True)
    email = serializers.EmailField(max_length=EMAIL_LENGTH, default="", allow_blank=True)
    function = serializers.CharField(max_length=120, default="", allow_blank=True)
    children = serializers.ListField(child=serializers.UUIDField(), max_length=20, default=list)
    school_class = serializers.UUIDField(default=None, allow_null=True)
    anyway = serializers.BooleanField(default=False)


class AccountBlockSerializer(serializers.Serializer[Any]):
    """A block: from now or a date, until a date or until lifted."""

    starts_at = serializers.DateTimeField(default=None, allow_null=True)
    ends_at = serializers.DateTimeField(default=None, allow_null=True)
    reason = serializers.CharField(max_length=500, default="", allow_blank=True)
    message = serializers.CharField(max_length=500, default="", allow_blank=True)


class CodeActSerializer(serializers.Serializer[Any]):
    renew = serializers.BooleanField(default=False)


class CodeSerializer(serializers.Serializer[Any]):
    """`code` is null for whoever chose a password."""

    login = serializers.CharField()
    code = serializers.CharField(allow_null=True)


class EasyPasswordSerializer(serializers.Serializer[Any]):
    """Told this once; kept nowhere."""

    login = serializers.CharField()
    password = serializers.CharField()


class TieActSerializer(serializers.Serializer[Any]):
    """`unmake` ends a tie made by hand; `limit`, `end` and `lift` are decisions, which win over feeds."""

    relative = serializers.UUIDField()
    act = serializers.ChoiceField(["make", "unmake", "limit", "end", "lift"])
    legal = serializers.BooleanField(default=True)
    reason = serializers.CharField(max_length=500, default="", allow_blank=True)


class ConsentSerializer(serializers.Serializer[Any]):
    allowed = serializers.BooleanField()


class CardSchoolSerializer(serializers.Serializer[Any]):
    """A school of the person; `mine` where the caller administers it."""

    uuid = serializers.UUIDField(source="school.uuid")
    name = serializers.CharField(source="school.name")
    function = serializers.CharField(source="attachment.function_label")
    since = serializers.DateField(source="attachment.since")
    source = serializers.CharField(source="attachment.source")
    mine = serializers.BooleanField()


class CardClassSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="school_class.uuid")
    label = serializers.CharField(source="school_class.label")
    year = serializers.IntegerField(source="school_class.year")
    role = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)


class CardGroupSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    label = serializers.CharField()


class CardManualGroupSerializer(serializers.Serializer[Any]):
    """`left` where the person belongs to the group's school no more."""

    uuid = serializers.UUIDField(source="group.uuid")
    label = serializers.CharField(source="group.label")
    left = serializers.BooleanField()


class CardFamilySerializer(serializers.Serializer[Any]):
    """A relative or a child; `restriction` is LIMITED, ENDED, or null."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    legal = serializers.BooleanField()
    by_hand = serializers.BooleanField()
    restriction = serializers.CharField(source="restriction.limit", default=None, allow_null=True)


class CardAlikeSerializer(serializers.Serializer[Any]):
    """Another account of the scope that looks like this person's, and why."""

    uuid = serializers.UUIDField(source="second.uuid")
    name = serializers.CharField(source="second.full_name")
    login = serializers.CharField(source="second.username")
    reasons = serializers.ListField(child=serializers.CharField())


class CardDetachedSerializer(serializers.Serializer[Any]):
    """A school of the scope from which the person is detached; `attach` undoes it."""

    uuid = serializers.UUIDField(source="school.uuid")
    name = serializers.CharField(source="school.name")
    at = serializers.DateTimeField()


class CardHoldingSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    number = serializers.IntegerField()
    text = serializers.CharField()


class CardActSerializer(serializers.Serializer[Any]):
    """A line of the audit; `actor` is '' for the system."""

    at = serializers.DateTimeField()
    verb = serializers.CharField()
    actor = serializers.CharField(allow_blank=True)
    school = serializers.CharField(allow_blank=True)
    before = serializers.DictField()
    after = serializers.DictField()


class CardConsentSerializer(serializers.Serializer[Any]):
    said_by = serializers.CharField()
    allowed = serializers.BooleanField()
    said_on = serializers.DateField()


class OpenSerializer(serializers.Serializer[Any]):
    """Which acts are open to the caller."""

    edit = serializers.BooleanField()
    delete = serializers.BooleanField()
    pre_delete = serializers.BooleanField()
    restore = serializers.BooleanField()
    fed = serializers.BooleanField()
    elsewhere = serializers.BooleanField()


class AdministeredCardSerializer(serializers.Serializer[AdministeredCard]):
    """A person as whoever administers them reads them."""

    uuid = serializers.UUIDField(source="person.uuid")
    login = serializers.CharField(source="person.username")
    profile = serializers.CharField(source="person.profile")
    first_name = serializers.CharField(source="person.first_name")
    last_name = serializers.CharField(source="person.last_name")
    birth_date = serializers.DateField(source="person.birth_date", allow_null=True)
    email = serializers.CharField(source="person.email")
    own_email = serializers.CharField(source="person.own_email")
    source = serializers.CharField(source="person.source")
    lifecycle = serializers.CharField(source="person.lifecycle")
    activated_at = serializers.DateTimeField(source="person.activated_at", allow_null=True)
    last_login = serializers.DateTimeField(source="person.last_login", allow_null=True)
    code_printable = serializers.BooleanField(source="person.code_open")
    blocked = serializers.SerializerMethodField()
    open = OpenSerializer()
    alike = CardAlikeSerializer(many=True)
    schools = CardSchoolSerializer(many=True)
    detached = CardDetachedSerializer(many=True)
    classes = CardClassSerializer(many=True)
    past_classes = CardClassSerializer(many=True)
    scolarity_groups = CardGroupSerializer(many=True)
    manual_groups = CardManualGroupSerializer(many=True)
    family = CardFamilySerializer(many=True)
    consents = CardConsentSerializer(many=True)
    holdings = CardHoldingSerializer(many=True)
    leaving = LeavingSerializer(allow_null=True)
    history = CardActSerializer(many=True)

    def get_blocked(self, card: AdministeredCard) -> bool:
        return card.kept_out is not None
