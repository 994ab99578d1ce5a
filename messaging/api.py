"""Messages in the API: the same copies, rules and services as the pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from core.storage.serve import serve
from core.storage.services import receive
from core.text import day_of, uuid_of
from directory.annuaire.viewer import viewer_of
from documents.attachable import files_seen
from documents.errors import NoSuchDocument
from messaging import picker, querysets
from messaging.api_words import (
    ActSerializer,
    AnswerSerializer,
    AttachmentSerializer,
    DoneSerializer,
    DraftSerializer,
    JoinedDocumentsSerializer,
    JoinedSerializer,
    KeptSerializer,
    MessageFolderSerializer,
    MessageLineSerializer,
    MessageSerializer,
    NewReportSerializer,
    OfferSerializer,
    ReportedSerializer,
    SendSerializer,
    SignatureSerializer,
)
from messaging.enums import Box, Reason
from messaging.models import Attachment, Copy, Folder, Signature
from messaging.querysets import TYPED, Copies, Filters
from messaging.services import boxes, reports, reviews, send, writing
from messaging.services.writing import Target

PAGE = 50
BOXES = {"received": Box.RECEIVED, "sent": Box.SENT, "drafts": Box.DRAFTS}
KEY = f"(?P<key>{UUID_PATTERN})"


class MessageViewSet(GenericViewSet[Copy]):
    """What the caller holds of messages; what they do not hold does not exist."""

    queryset = Copy.objects.none()
    serializer_class = MessageSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(
        responses=MessageLineSerializer(many=True),
        parameters=[
            OpenApiParameter("box", enum=[*BOXES, "trash"]),
            OpenApiParameter("folder", OpenApiTypes.UUID),
            OpenApiParameter("q", description="words of the subject, the text and the names"),
            OpenApiParameter("from", description="words of the name of whoever wrote"),
            OpenApiParameter("to", description="words of the names of whom it was openly written to"),
            OpenApiParameter("unread", bool),
            OpenApiParameter("attached", bool),
            OpenApiParameter("since", OpenApiTypes.DATE),
            OpenApiParameter("until", OpenApiTypes.DATE),
            OpenApiParameter("before", OpenApiTypes.UUID, description="what comes after this one"),
        ],
    )
    def list(self, request: Request) -> Response:
        """A box, a folder, or what a search finds in all that is kept; the last first, 50 at most."""
        asked = request.query_params
        filters = Filters(
            words=asked.get("q", "")[:TYPED],
            sender=asked.get("from", "")[:TYPED],
            recipient=asked.get("to", "")[:TYPED],
            unread=asked.get("unread") == "true",
            attached=asked.get("attached") == "true",
            since=day_of(asked.get("since", "")),
            until=day_of(asked.get("until", "")),
        )
        after = None
        if "before" in asked:
            copy = self._copy(asked["before"])
            after = copy.at, copy.pk
        found = querysets.found(self._place(), filters)
        rows = querysets.page(found, count=PAGE, after=after)
        return Response(MessageLineSerializer(rows, many=True).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        """One message; reading it here does not mark it as read."""
        return self._told(self._copy(uuid))

    @extend_schema(request=DraftSerializer, responses={201: MessageSerializer})
    def create(self, request: Request) -> Response:
        """A draft."""
        asked = body_of(request, DraftSerializer)
        targets = self._targets(asked.get("recipients", []))
        made = writing.begin(
            by=request.user, subject=asked.get("subject", ""), body=asked.get("body") or None, targets=targets
        )
        options = {key: asked[key] for key in ("no_reply", "urgent") if key in asked}
        if options:
            self._save(made.uuid, options)
        return self._told(self._copy(made.uuid), status.HTTP_201_CREATED)

    @extend_schema(request=DraftSerializer, responses=MessageSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """A draft, as it is written."""
        asked = body_of(request, DraftSerializer)
        recipients = asked.pop("recipients", None)
        if recipients is not None:
            asked["targets"] = self._targets(recipients)
        self._save(UUID(uuid), asked)
        return self._told(self._copy(uuid))

    @extend_schema(request=SendSerializer, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, uuid: str) -> Response:
        """Sends a draft, now or at an instant to come."""
        at = body_of(request, SendSerializer)["at"]
        send.send(by=request.user, message=self._copy(uuid).message, at=at)
        return self._told(self._copy(uuid))

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"])
    def unplan(self, request: Request, uuid: str) -> Response:
        """A message planned is a draft again."""
        send.unplan(by=request.user, message=self._copy(uuid).message)
        return self._told(self._copy(uuid))

    @extend_schema(request=None, responses=MessageSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, uuid: str) -> Response:
        """A message of the caller's that waits to be read is a draft again."""
        reviews.take_back(by=request.user, message=self._copy(uuid).message)
        return self._told(self._copy(uuid))

    @extend_schema(request=None, responses=DoneSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, uuid: str) -> Response:
        """Calls a message of one's own back, from all who did not read it."""
        count = send.recall(by=request.user, message=self._copy(uuid).message)
        return Response({"count": count, "freed": 0})

    @extend_schema(request=AnswerSerializer, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, uuid: str) -> Response:
        """A draft that answers it."""
        everybody = body_of(request, AnswerSerializer)["everybody"]
        made = writing.answer(by=request.user, copy=self._copy(uuid), everybody=everybody)
        return self._told(self._copy(made.uuid), status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={201: MessageSerializer})
    @action(detail=True, methods=["post"])
    def forward(self, request: Request, uuid: str) -> Response:
        """A draft that passes it on, with its files."""
        made = writing.forward(by=request.user, copy=self._copy(uuid))
        return self._told(self._copy(made.uuid), status.HTTP_201_CREATED)

    @extend_schema(request=NewReportSerializer, responses={201: ReportedSerializer})
    @action(detail=True, methods=["post"])
    def report(self, request: Request, uuid: str) -> Response:
        """Reports it to the administrators of the caller's schools."""
        asked = body_of(request, NewReportSerializer)
        made = reports.report(
            by=request.user,
            copy=self._copy(uuid),
            reason=Reason(asked["reason"]),
            words=asked["words"],
        )
        return Response(ReportedSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=MessageSerializer(many=True))
    @action(detail=True, methods=["get"])
    def thread(self, request: Request, uuid: str) -> Response:
        """What the caller holds of its conversation, the first first."""
        copies = querysets.thread_of(request.user, self._copy(uuid))
        return Response(MessageSerializer(copies, many=True, context=self._context(copies)).data)

    @extend_schema(request=JoinedSerializer, responses={201: AttachmentSerializer})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def attachments(self, request: Request, uuid: str) -> Response:
        """Joins a file to a draft, or a picture for its text."""
        asked = body_of(request, JoinedSerializer)
        file, message = asked["file"], self._copy(uuid).message
        received = receive(file=file, name=str(file.name))
        made = writing.attach(
            by=request.user,
            message=message,
            blob=received.blob,
            name=received.name,
            inline=asked["inline"],
        )
        return Response(AttachmentSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=JoinedDocumentsSerializer, responses={201: AttachmentSerializer(many=True)})
    @action(detail=True, methods=["post"])
    def documents(self, request: Request, uuid: str) -> Response:
        """Joins copies of files that the caller manages in the Espace documentaire."""
        wanted = body_of(request, JoinedDocumentsSerializer)["documents"]
        message = self._copy(uuid).message
        found = list(files_seen(request.user).filter(uuid__in=wanted))
        if len(found) != len(set(wanted)):
            raise NoSuchDocument()
        made = writing.attach_documents(by=request.user, message=message, documents=found)
        return Response(AttachmentSerializer(made, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="messages_keep", request=None, responses={201: KeptSerializer})
    @action(detail=True, methods=["post"], url_path=f"attachments/{KEY}/keep")
    def keep(self, request: Request, uuid: str, key: str) -> Response:
        """Keeps a file of a message that the caller holds in their own documents."""
        made = writing.keep(by=request.user, attachment=self._attachment(uuid, key))
        return Response({"document": made.uuid, "title": made.title}, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="messages_attachment", responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path=f"attachments/{KEY}")
    def attachment(self, request: Request, uuid: str, key: str) -> HttpResponseBase:
        """The bytes of a file of a message that the caller holds."""
        found = self._attachment(uuid, key)
        return serve(request._request, blob=found.blob, name=found.name)

    @extend_schema(operation_id="messages_detach", request=None, responses={204: None})
    @attachment.mapping.delete
    def detach(self, request: Request, uuid: str, key: str) -> Response:
        """Takes a file off a draft."""
        found = self._attachment(uuid, key)
        writing.detach(by=request.user, message=found.message, attachment=found)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ActSerializer, responses=DoneSerializer)
    @action(detail=False, methods=["post"])
    def acts(self, request: Request) -> Response:
        """One act on several messages; those that the caller does not hold are left out."""
        asked = body_of(request, ActSerializer)
        me = request.user
        copies = list(querysets.copies_of(me).filter(message__uuid__in=asked["messages"]))
        freed = 0
        match asked["act"]:
            case "read" | "unread" as how:
                count = boxes.read(by=me, copies=copies, unread=how == "unread")
            case "throw":
                count = boxes.throw(by=me, copies=copies)
            case "restore":
                count = boxes.restore(by=me, copies=copies)
            case "move":
                folder = self._folder(asked["folder"]) if asked["folder"] else None
                count = boxes.move(by=me, copies=copies, folder=folder)
            case _:
                done = boxes.erase(by=me, copies=copies)
                count, freed = done.count, done.freed
        return Response({"count": count, "freed": freed})

    @extend_schema(request=None, responses=DoneSerializer)
    @action(detail=False, methods=["post"], url_path="empty-trash")
    def empty_trash(self, request: Request) -> Response:
        """Deletes for good all that the caller threw away."""
        done = boxes.empty_trash(by=request.user)
        return Response({"count": done.count, "freed": done.freed})

    @extend_schema(responses={200: {"type": "object", "properties": {"unread": {"type": "integer"}}}})
    @action(detail=False, methods=["get"])
    def count(self, request: Request) -> Response:
        """How many received messages are not read."""
        return Response({"unread": querysets.unread_count(request.user)})

    @extend_schema(responses=SignatureSerializer)
    @action(detail=False, methods=["get"])
    def signature(self, request: Request) -> Response:
        """What the caller's messages end with."""
        found = Signature.objects.filter(person=request.user).first() or Signature(person=request.user)
        return Response(SignatureSerializer(found).data)

    @extend_schema(request=SignatureSerializer, responses=SignatureSerializer)
    @signature.mapping.put
    def sign(self, request: Request) -> Response:
        """Changes it."""
        asked = body_of(request, SignatureSerializer)
        made = writing.sign(by=request.user, body=asked["body"], on=asked["on"])
        return Response(SignatureSerializer(made).data)

    @extend_schema(responses=OfferSerializer(many=True), parameters=[OpenApiParameter("q")])
    @action(detail=False, methods=["get"])
    def recipients(self, request: Request) -> Response:
        """Whom the caller may write to, by name; their classes' groups and their favourites for none."""
        offer = picker.offer(viewer_of(request._request), request.query_params.get("q", ""), [])
        return Response(OfferSerializer(offer.found, many=True).data)

    def _place(self) -> Copies:
        me, asked = self.request.user, self.request.query_params
        if asked.get("folder"):
            return querysets.in_folder(me, self._folder(uuid_of(asked["folder"])))
        if asked.get("box") == "trash":
            return querysets.trash(me)
        if asked.get("q") and "box" not in asked:
            return querysets.kept(me)
        return querysets.box(me, BOXES.get(asked.get("box", ""), Box.RECEIVED))

    def _copy(self, uuid: Any) -> Copy:
        key = uuid_of(str(uuid))
        found = querysets.held(self.request.user, key) if key else None
        if found is None:
            raise NotFound()
        return found

    def _folder(self, uuid: UUID | None) -> Folder:
        return get_object_or_404(querysets.folders_of(self.request.user), uuid=uuid)

    def _attachment(self, uuid: str, key: str) -> Attachment:
        found = querysets.attachment_held(self.request.user, UUID(key))
        if found is None or str(found.message.uuid) != uuid:
            raise NotFound()
        return found

    def _targets(self, recipients: Sequence[dict[str, Any]]) -> Sequence[Target]:
        kinds = (picker.PERSON, picker.GROUP, picker.FAVOURITE)
        values = [
            f"{each['line']}|{kind}:{each[kind]}" for each in recipients for kind in kinds if kind in each
        ]
        return picker.targets_of(self.request.user, values)

    def _save(self, uuid: UUID, asked: dict[str, Any]) -> None:
        if not viewer_of(self.request._request).standpoint.administers_something:
            asked.pop("urgent", None)
        writing.save(by=self.request.user, message=self._copy(uuid).message, **asked)

    def _context(self, copies: Sequence[Copy]) -> dict[str, Any]:
        messages = [copy.message for copy in copies]
        return {
            "addresses": querysets.addresses_shown(self.request.user, messages),
            "attachments": querysets.attachments_of(messages),
        }

    def _told(self, copy: Copy, code: int = status.HTTP_200_OK) -> Response:
        copy = querysets.with_attachments(Copy.objects.filter(pk=copy.pk))[0]
        return Response(MessageSerializer(copy, context=self._context([copy])).data, status=code)


class MessageFolderViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Folder]):
    """The caller's own folders."""

    queryset = Folder.objects.none()
    serializer_class = MessageFolderSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Folder]:
        return querysets.folders_of(self.request.user)

    def create(self, request: Request) -> Response:
        """A new folder."""
        name = body_of(request, MessageFolderSerializer)["name"]
        made = boxes.make_folder(by=request.user, name=name)
        return Response(MessageFolderSerializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, uuid: str) -> Response:
        """Another name."""
        name = body_of(request, MessageFolderSerializer)["name"]
        return Response(
            MessageFolderSerializer(
                boxes.rename_folder(by=request.user, folder=self.get_object(), name=name)
            ).data
        )

    def destroy(self, request: Request, uuid: str) -> Response:
        """The folder alone: what it holds is in its box again."""
        boxes.delete_folder(by=request.user, folder=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
