"""Pages of cahiers mémo and their blocks in the API: the same gates and services as the pages of the site."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from core.storage.services import receive
from documents.attachable import files_seen
from documents.errors import NoSuchDocument
from notebooks.api_memo_words import (
    MemoBelowSerializer,
    MemoBlockSerializer,
    MemoBlockWriteSerializer,
    MemoDocumentsSerializer,
    MemoFileSerializer,
    MemoNewBlockSerializer,
    MemoPageSerializer,
    MemoPageWriteSerializer,
    MemoPlaceSerializer,
    MemoWholePageSerializer,
)
from notebooks.memo_enums import BlockKind
from notebooks.memo_lines import shown, shown_of
from notebooks.memo_reading import block_seen, files_of, page_seen
from notebooks.models import MemoBlock, MemoPage
from notebooks.services import memo_blocks, memo_pages


def _block_told(block: MemoBlock, code: int = status.HTTP_200_OK) -> Response:
    file = files_of([block]).get(block.uuid)
    return Response(MemoBlockSerializer(shown(block, file)).data, status=code)


class MemoPageViewSet(GenericViewSet[MemoPage]):
    """The pages that the caller sees."""

    queryset = MemoPage.objects.none()
    serializer_class = MemoWholePageSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def retrieve(self, request: Request, uuid: str) -> Response:
        """A page with its blocks, in order."""
        page = self._page(uuid)
        return Response(MemoWholePageSerializer({"page": page, "blocks": shown_of(page)}).data)

    @extend_schema(request=MemoPageWriteSerializer, responses=MemoPageSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Its title; 409 where somebody named it otherwise since `version`."""
        asked = body_of(request, MemoPageWriteSerializer)
        page = self._page(uuid)
        memo_pages.title_page(by=request.user, page=page, title=asked["title"], version=asked.get("version"))
        return self._told(uuid)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Takes it out of its book; once it is out, deletes it for good."""
        page = self._page(uuid)
        act = memo_pages.remove_page if page.removed_at is None else memo_pages.erase_page
        act(by=request.user, page=page)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=MemoPageSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, uuid: str) -> Response:
        """In its book again, where it was."""
        memo_pages.put_back_page(by=request.user, page=self._page(uuid))
        return self._told(uuid)

    @extend_schema(request=MemoPlaceSerializer, responses=MemoPageSerializer)
    @action(detail=True, methods=["post"])
    def place(self, request: Request, uuid: str) -> Response:
        """Puts it after another page of its book, or first; for who manages the book."""
        page = self._page(uuid)
        after = MemoPage.objects.filter(
            book=page.book_id, uuid=body_of(request, MemoPlaceSerializer)["after"]
        )
        memo_pages.place_page(by=request.user, page=page, after=after.first())
        return self._told(uuid)

    @extend_schema(request=MemoNewBlockSerializer, responses={201: MemoBlockSerializer})
    @action(detail=True, methods=["post"])
    def blocks(self, request: Request, uuid: str) -> Response:
        """A text or a link, at the end."""
        asked, page = body_of(request, MemoNewBlockSerializer), self._page(uuid)
        if asked["kind"] == BlockKind.LINK:
            made = memo_blocks.add_link(
                by=request.user, page=page, address=asked["address"], caption=asked["caption"]
            )
        else:
            made = memo_blocks.add_text(by=request.user, page=page, html=asked["html"])
        return _block_told(made, status.HTTP_201_CREATED)

    @extend_schema(request=MemoFileSerializer, responses={201: MemoBlockSerializer})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def files(self, request: Request, uuid: str) -> Response:
        """A picture, a sound or a film, at the end."""
        asked = body_of(request, MemoFileSerializer)
        received = receive(file=asked["file"], name=str(asked["file"].name))
        made = memo_blocks.add_file(
            by=request.user,
            page=self._page(uuid),
            blob=received.blob,
            name=received.name,
            caption=asked["caption"],
        )
        return _block_told(made, status.HTTP_201_CREATED)

    @extend_schema(request=MemoDocumentsSerializer, responses={201: MemoBlockSerializer(many=True)})
    @action(detail=True, methods=["post"])
    def documents(self, request: Request, uuid: str) -> Response:
        """Copies of files that the caller manages in the Espace documentaire, at the end."""
        wanted = body_of(request, MemoDocumentsSerializer)["documents"]
        found = list(files_seen(request.user).filter(uuid__in=wanted))
        if len(found) != len(set(wanted)):
            raise NoSuchDocument()
        made = memo_blocks.add_documents(by=request.user, page=self._page(uuid), documents=found)
        files = files_of(made)
        told = [shown(block, files.get(block.uuid)) for block in made]
        return Response(MemoBlockSerializer(told, many=True).data, status=status.HTTP_201_CREATED)

    def _told(self, uuid: str) -> Response:
        return Response(MemoPageSerializer(self._page(uuid)).data)

    def _page(self, uuid: str) -> MemoPage:
        found = page_seen(self.request.user, UUID(uuid))
        if found is None:
            raise NotFound()
        return found[0]


class MemoBlockViewSet(GenericViewSet[MemoBlock]):
    """The blocks of pages that the caller sees."""

    queryset = MemoBlock.objects.none()
    serializer_class = MemoBlockSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def retrieve(self, request: Request, uuid: str) -> Response:
        """One block."""
        return _block_told(self._block(uuid))

    @extend_schema(request=MemoBlockWriteSerializer, responses=MemoBlockSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Saves it over the `version` that was read; 409 with the one saved since: nothing is overwritten."""
        asked = body_of(request, MemoBlockWriteSerializer)
        saved = memo_blocks.save(
            by=request.user,
            block=self._block(uuid),
            version=asked["version"],
            html=asked.get("html"),
            caption=asked.get("caption"),
            address=asked.get("address"),
        )
        return _block_told(saved)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Takes it off its page; it can be put back for a day."""
        memo_blocks.remove(by=request.user, block=self._block(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=MemoBlockSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, uuid: str) -> Response:
        """On its page again, where it was."""
        return _block_told(memo_blocks.put_back(by=request.user, block=self._block(uuid)))

    @extend_schema(request=MemoPlaceSerializer, responses=MemoBlockSerializer)
    @action(detail=True, methods=["post"])
    def place(self, request: Request, uuid: str) -> Response:
        """Puts it after another block of its page, or first."""
        after = body_of(request, MemoPlaceSerializer)["after"]
        memo_blocks.place(by=request.user, block=self._block(uuid), after=after)
        return _block_told(self._block(uuid))

    @extend_schema(request=MemoBelowSerializer, responses={201: MemoBlockSerializer})
    @action(detail=True, methods=["post"])
    def below(self, request: Request, uuid: str) -> Response:
        """A text of one's own under it, where somebody else saved it meanwhile."""
        html = body_of(request, MemoBelowSerializer)["html"]
        made = memo_blocks.add_below(by=request.user, block=self._block(uuid), html=html)
        return _block_told(made, status.HTTP_201_CREATED)

    @extend_schema(request=MemoFileSerializer, responses=MemoBlockSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def file(self, request: Request, uuid: str) -> Response:
        """Another file in its place."""
        asked: Any = body_of(request, MemoFileSerializer)["file"]
        received = receive(file=asked, name=str(asked.name))
        made = memo_blocks.replace_file(
            by=request.user, block=self._block(uuid), blob=received.blob, name=received.name
        )
        return _block_told(made)

    def _block(self, uuid: str) -> MemoBlock:
        found = block_seen(self.request.user, UUID(uuid))
        if found is None:
            raise NotFound()
        return found[0]
