"""The API twin of a class's sign-in, for its teachers: the door by pictures, and passwords given."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts import sessions
from accounts.models import User
from accounts.pictures import LENGTH, Picture
from core.api import UUID_PATTERN, CursorPages, body_of
from directory import printed_cards
from directory.models import ClassSheet, SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.class_sheets import classes_taught, pupils_of, sheets_standing, those_who_know
from directory.services import class_sheet as service
from directory.services import pupil_passwords


class ByClass(CursorPages):
    ordering: Any = ("pk",)


class TaughtClassSerializer(serializers.ModelSerializer[SchoolClass]):
    class Meta:
        model = SchoolClass
        fields = ["uuid", "label"]


class SheetSerializer(serializers.Serializer[ClassSheet]):
    """The door: what the teacher shows, and its hours."""

    address = serializers.SerializerMethodField()
    by_day = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    known_to_leavers = serializers.SerializerMethodField(
        help_text="Teachers who left the class since its link was made: it opens nothing until renewed."
    )

    def get_known_to_leavers(self, sheet: ClassSheet) -> list[str]:
        return [person.full_name for person in those_who_know(sheet)]

    def get_address(self, sheet: ClassSheet) -> str:
        return printed_cards.address_of(sheet)


class AccessPupilSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    name = serializers.CharField(source="full_name")
    username = serializers.CharField()
    pictures = serializers.BooleanField()


class AccessSerializer(serializers.Serializer[Any]):
    """A class, the pupils and who of them has pictures; `sheet` is null where the door is shut."""

    uuid = serializers.UUIDField()
    label = serializers.CharField()
    sheet = SheetSerializer(allow_null=True)
    pupils = AccessPupilSerializer(many=True)


class HoursSerializer(serializers.Serializer[Any]):
    """`by_day`: Monday to Saturday from 7 to 19, in the school's own time; else at any hour."""

    by_day = serializers.BooleanField(default=True)


class PupilsSerializer(serializers.Serializer[Any]):
    """Pupils of the class by their UUID; all of them where nobody is named."""

    pupils = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=100
    )


class PicturesSerializer(PupilsSerializer):
    """`pictures`: those that one pupil chose, three, all different; drawn where there are none."""

    pictures = serializers.ListField(
        child=serializers.ChoiceField(Picture.choices), required=False, min_length=LENGTH, max_length=LENGTH
    )


class AccessCardSerializer(serializers.Serializer[Any]):
    """What is told once: a login and a password, or three pictures."""

    name = serializers.CharField()
    login = serializers.CharField(required=False)
    password = serializers.CharField(required=False)
    pictures = serializers.ListField(child=serializers.CharField(), required=False)


class TaughtClassViewSet(GenericViewSet[SchoolClass]):
    """The classes that the caller teaches now; no other exists here."""

    queryset = SchoolClass.objects.none()
    serializer_class = TaughtClassSerializer
    pagination_class = ByClass
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[SchoolClass]:
        return classes_taught(standpoint_of(self.request.user))

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(TaughtClassSerializer(page, many=True).data)

    @extend_schema(responses=AccessSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """Who comes in, and how."""
        school_class = self.get_object()
        sheet = sheets_standing().filter(school_class=school_class).first()
        given = set(sheet.pictures.values_list("pupil_id", flat=True)) if sheet else set()
        pupils = [
            {
                "uuid": each.uuid,
                "full_name": each.full_name,
                "username": each.username,
                "pictures": each.pk in given,
            }
            for each in pupils_of(school_class)
        ]
        told = {"uuid": school_class.uuid, "label": school_class.label, "sheet": sheet, "pupils": pupils}
        return Response(AccessSerializer(told).data)

    @extend_schema(request=HoursSerializer, responses={200: SheetSerializer, 201: SheetSerializer, 204: None})
    @action(detail=True, methods=["post", "patch", "delete"])
    def sheet(self, request: Request, uuid: str) -> Response:
        """Opens the door, changes its hours, or shuts it."""
        sessions.require_full_assurance(request)
        if request.method == "DELETE":
            service.close_sheet(by=request.user, sheet=self._sheet())
            return Response(status=status.HTTP_204_NO_CONTENT)
        by_day = body_of(request, HoursSerializer)["by_day"]
        if request.method == "PATCH":
            sheet = service.set_hours(by=request.user, sheet=self._sheet(), by_day=by_day)
            return Response(SheetSerializer(sheet).data)
        sheet = service.open_sheet(by=request.user, school_class=self.get_object(), by_day=by_day)
        return Response(SheetSerializer(sheet).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=SheetSerializer)
    @action(detail=True, methods=["post"], url_path="sheet/link")
    def link(self, request: Request, uuid: str) -> Response:
        """A new link: the former one opens nothing any more."""
        sessions.require_full_assurance(request)
        return Response(SheetSerializer(service.renew_link(by=request.user, sheet=self._sheet())).data)

    @extend_schema(request=PicturesSerializer, responses=AccessCardSerializer(many=True))
    @action(detail=True, methods=["post"])
    def pictures(self, request: Request, uuid: str) -> Response:
        """Three pictures for each pupil named, told once."""
        sessions.require_full_assurance(request)
        asked = body_of(request, PicturesSerializer)
        sheet = self._sheet()
        pupils = self._pupils(sheet.school_class, asked)
        if "pictures" in asked:
            liked = [Picture(name) for name in asked["pictures"]]
            if len(pupils) != 1 or len(set(liked)) != LENGTH:
                raise ValidationError({"pictures": "Trois images différentes, pour un seul élève."})
            given = service.choose_pictures(by=request.user, sheet=sheet, pupil=pupils[0], chosen=liked)
        else:
            given = service.give_pictures(by=request.user, sheet=sheet, pupils=pupils)
        return Response(AccessCardSerializer(printed_cards.picture_cards(pupils, given), many=True).data)

    @extend_schema(request=PupilsSerializer, responses=AccessCardSerializer(many=True))
    @action(detail=True, methods=["post"])
    def passwords(self, request: Request, uuid: str) -> Response:
        """A password for each pupil named, told once; their sessions end."""
        sessions.require_full_assurance(request)
        school_class = self.get_object()
        pupils = self._pupils(school_class, body_of(request, PupilsSerializer))
        given = pupil_passwords.give_passwords(by=request.user, school_class=school_class, pupils=pupils)
        return Response(AccessCardSerializer(printed_cards.password_cards(pupils, given), many=True).data)

    def _sheet(self) -> ClassSheet:
        return get_object_or_404(sheets_standing().filter(school_class=self.get_object()))

    def _pupils(self, school_class: SchoolClass, asked: dict[str, Any]) -> Sequence[User]:
        """Those named, all of them of the class: one who is not makes none."""
        pupils = pupils_of(school_class)
        if "pupils" not in asked:
            return list(pupils)
        found = list(pupils.filter(uuid__in=asked["pupils"]))
        if len(found) != len(set(asked["pupils"])):
            raise ValidationError({"pupils": "Un de ces élèves n’est pas dans la classe."})
        return found
