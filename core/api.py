"""What the API of every room shares: pages by cursor and bodies in JSON that no caller can break."""

from collections.abc import Mapping
from typing import Any

from rest_framework import parsers, serializers
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

# A UUID in an address, as a path or a key takes it.
UUID_PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class CursorPages(CursorPagination):
    """Pages by cursor; one that we did not give is a page that does not exist."""

    def decode_cursor(self, request: Request) -> Any:
        """The cursor of a request, of which the position is compared with the first column of the order."""
        cursor = super().decode_cursor(request)
        position = cursor.position if cursor is not None else None
        if position is not None and not self._fits(str(position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor

    def _fits(self, position: str) -> bool:
        if self.ordering[0].lstrip("-") == "pk":
            return position.isascii() and position.isdecimal()
        return "\0" not in position


class NewestFirst(CursorPages):
    ordering: Any = ("-pk",)


def body_of(request: Request, kind: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """What a request brings, as a serializer reads it. Raises ValidationError."""
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


class JSONParser(parsers.JSONParser):
    """JSON; nested past all sense, it is malformed."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("Ce JSON ne se lit pas.") from error
