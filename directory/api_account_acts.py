"""A person whom the caller administers: their whole card, and every act on them, as the console does."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts import sessions
from accounts.models import User
from core.api import UUID_PATTERN, body_of
from directory import api_account_words as words
from directory.administered_card import administered_card, standing_block
from directory.enums import TieLimit
from directory.errors import AlreadyDone
from directory.querysets import (
    classes_administered_by,
    people_administered_by,
    people_visible_to,
    schools_administered_by,
)
from directory.querysets.detached import people_detached_within
from directory.services import blocks, codes, consents, detach, end_account, pupil_passwords, ties
from directory.services.attach_person import attach_person
from directory.services.create_person import create_person, edit_person
from schools.models import School

NO_CONTENT = status.HTTP_204_NO_CONTENT


class AdministeredPersonViewSet(GenericViewSet[User]):
    """Whoever is not of the caller's scope does not exist."""

    queryset = User.objects.none()
    serializer_class = words.AdministeredCardSerializer
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(responses=words.AdministeredCardSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """The card: identity and its sources, schools, classes, groups, family, holdings, history."""
        return self._told(self._person(uuid))

    @extend_schema(request=words.EditSerializer, responses=words.AdministeredCardSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Corrects an account made by hand; what a feed states is not edited."""
        given = self._given(request, words.EditSerializer)
        return self._told(edit_person(by=request.user, person=self._person(uuid), **given))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """« Supprimer le compte »: made by hand, never signed in to."""
        sessions.require_full_assurance(request)
        end_account.delete_account(by=request.user, person=self._person(uuid))
        return Response(status=NO_CONTENT)

    @extend_schema(request=words.NewPersonSerializer, responses={201: words.AdministeredCardSerializer})
    @action(detail=False, methods=["post"], url_path="by-hand")
    def by_hand(self, request: Request) -> Response:
        """A new account. Somebody of the same name is told first (409, `people`), unless `anyway`."""
        given = self._given(request, words.NewPersonSerializer)
        school = self._school(given.pop("school"))
        wanted = set(given.pop("children"))
        children = list(people_administered_by(request.user).filter(uuid__in=wanted))
        if len(children) != len(wanted):
            get_object_or_404(User.objects.none())
        named = given.pop("school_class")
        school_class = get_object_or_404(classes_administered_by(request.user), uuid=named) if named else None
        made = create_person(
            by=request.user, school=school, children=children, school_class=school_class, **given
        )
        return self._told(made, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="pre-delete")
    def pre_delete(self, request: Request, uuid: str) -> Response:
        """« Pré-supprimer le compte »: made by hand, it can be restored until its delay ends."""
        sessions.require_full_assurance(request)
        end_account.pre_delete_account(by=request.user, person=self._person(uuid))
        return Response(status=NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, uuid: str) -> Response:
        """« Restaurer »: as it was."""
        sessions.require_full_assurance(request)
        end_account.restore_account(by=request.user, person=self._person(uuid))
        return Response(status=NO_CONTENT)

    @extend_schema(request=words.AttachedPlaceSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def attach(self, request: Request, uuid: str) -> Response:
        """Attaches to a school someone of the scope or within reach; undoes a detachment."""
        given = self._given(request, words.AttachedPlaceSerializer)
        school = self._school(given["school"])
        person = (
            people_administered_by(request.user).filter(uuid=uuid).first()
            or people_visible_to(request.user).filter(uuid=uuid).first()
            or get_object_or_404(people_detached_within(request.user, [uuid]), uuid=uuid)
        )
        attach_person(by=request.user, person=person, school=school, function=given["function"])
        return Response(status=NO_CONTENT)

    @extend_schema(request=words.AccountSchoolSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def detach(self, request: Request, uuid: str) -> Response:
        """Ends the attachment to a school, until the rollover that ends the running year."""
        given = self._given(request, words.AccountSchoolSerializer)
        school = self._school(given["school"])
        detach.detach(by=request.user, person=self._person(uuid), school=school)
        return Response(status=NO_CONTENT)

    @extend_schema(request=words.AccountBlockSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def block(self, request: Request, uuid: str) -> Response:
        """Keeps the person out, at their next request."""
        given = self._given(request, words.AccountBlockSerializer)
        blocks.block_person(by=request.user, person=self._person(uuid), **given)
        return Response(status=NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def unblock(self, request: Request, uuid: str) -> Response:
        """Lets the person in again; a block of their school's profile is not theirs."""
        sessions.require_full_assurance(request)
        person = self._person(uuid)
        standing = standing_block(person)
        if standing is None:
            raise AlreadyDone("Cette personne n’est pas bloquée.")
        blocks.lift_block(by=request.user, block=standing)
        return Response(status=NO_CONTENT)

    @extend_schema(request=words.CodeActSerializer, responses=words.CodeSerializer)
    @action(detail=True, methods=["post"])
    def code(self, request: Request, uuid: str) -> Response:
        """The activation code, to print; `renew` gives a new one, and the password opens nothing more."""
        given = self._given(request, words.CodeActSerializer)
        person = self._person(uuid)
        if given["renew"]:
            codes.renew_codes(by=request.user, people=[person])
            person.refresh_from_db()
        printed = codes.codes_to_print(by=request.user, people=[person])
        return Response({"login": person.username, "code": printed.get(person.pk)})

    @extend_schema(request=None, responses=words.EasyPasswordSerializer)
    @action(detail=True, methods=["post"])
    def password(self, request: Request, uuid: str) -> Response:
        """An easy password for a pupil, told once; what opened the account before opens nothing more."""
        sessions.require_full_assurance(request)
        person = self._person(uuid)
        given = pupil_passwords.give_password(by=request.user, pupil=person)
        return Response({"login": person.username, "password": given})

    @extend_schema(request=words.TieActSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def ties(self, request: Request, uuid: str) -> Response:
        """On the tie of this pupil to a relative: make it, take back one made by hand, limit it, end it, or lift
        that decision."""
        given = self._given(request, words.TieActSerializer)
        pair = {"by": request.user, "pupil": self._person(uuid), "relative": self._person(given["relative"])}
        if given["act"] == "make":
            ties.tie_by_hand(**pair, legal=given["legal"])
        elif given["act"] == "unmake":
            ties.end_tie_by_hand(**pair)
        elif given["act"] == "lift":
            ties.lift_restriction(**pair)
        else:
            limit = TieLimit.ENDED if given["act"] == "end" else TieLimit.LIMITED
            ties.restrict_tie(**pair, limit=limit, reason=given["reason"])
        return Response(status=NO_CONTENT)

    @extend_schema(request=words.ConsentSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="photo-consent")
    def photo_consent(self, request: Request, uuid: str) -> Response:
        """The school's word on this pupil's picture."""
        given = self._given(request, words.ConsentSerializer)
        consents.say_for_school(by=request.user, pupil=self._person(uuid), allowed=given["allowed"])
        return Response(status=NO_CONTENT)

    def _person(self, uuid: Any) -> User:
        return get_object_or_404(people_administered_by(self.request.user), uuid=uuid)

    def _school(self, uuid: Any) -> School:
        schools = schools_administered_by(self.request.user).select_related("academy")
        return get_object_or_404(schools, uuid=uuid)

    def _given(self, request: Request, kind: Any) -> dict[str, Any]:
        sessions.require_full_assurance(request)
        return body_of(request, kind)

    def _told(self, person: User, code: int = status.HTTP_200_OK) -> Response:
        card = administered_card(person, self.request.user)
        return Response(words.AdministeredCardSerializer(card).data, status=code)
