"""« Préparer la fin d’année » in the API: what will no longer be seen, what one decides of it, colleagues, favourites;
the same services as the page."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from directory.annuaire.viewer import Viewer
from directory.favourite_upkeep import Upkeep, upkeep_of
from directory.services import favourites
from rollover import colleagues
from rollover.enums import Choice
from rollover.lines import when_of
from rollover.models import Decision
from rollover.season import ending, prepares
from rollover.services.decide import Wish, decide, take_back
from rollover.year_end import Line, YearEnd, year_end_of

MOST = 200


class YearEndPersonSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    name = serializers.CharField(source="full_name")
    profile = serializers.CharField()


class YearEndDecisionSerializer(serializers.ModelSerializer[Decision]):
    """What was decided of a line; `to` is the colleague to whom it was entrusted."""

    to = serializers.UUIDField(source="to.uuid", default=None)

    class Meta:
        model = Decision
        fields = ["uuid", "choice", "relatives", "to", "at"]


class YearEndLineSerializer(serializers.Serializer[Line]):
    """A thing and a place (a class or a school, by UUID): who will no longer see it (`people`), who keeps it by
    the decision (`given`), and when, in words."""

    resource = serializers.UUIDField(source="resource.uuid")
    title = serializers.CharField(source="resource.title")
    kind = serializers.CharField(source="resource.kind")
    app = serializers.SerializerMethodField()
    place = serializers.UUIDField()
    place_name = serializers.SerializerMethodField()
    school = serializers.UUIDField(source="school.uuid")
    year = serializers.IntegerField(source="to_year")
    when = serializers.SerializerMethodField()
    people = YearEndPersonSerializer(many=True)
    given = YearEndPersonSerializer(many=True)
    decision = YearEndDecisionSerializer(allow_null=True)

    def get_app(self, line: Line) -> str:
        return line.kind.app_label if line.kind else ""

    def get_place_name(self, line: Line) -> str:
        return line.school_class.label if line.school_class else line.school.name

    def get_when(self, line: Line) -> str:
        return when_of(line, self.context["told"].turns.get(line.school.pk))


class YearEndSerializer(serializers.Serializer[Any]):
    ending = serializers.BooleanField()
    unchanged = serializers.IntegerField()
    undecided = serializers.IntegerField()
    lines = YearEndLineSerializer(many=True)


class YearEndWishSerializer(serializers.Serializer[Any]):
    resource = serializers.UUIDField()
    place = serializers.UUIDField()
    choice = serializers.ChoiceField(Choice.choices)
    relatives = serializers.BooleanField(default=False)
    to = serializers.UUIDField(required=False, allow_null=True, default=None)


class YearEndWishesSerializer(serializers.Serializer[Any]):
    """Lines to decide, together; each for itself."""

    decisions = YearEndWishSerializer(many=True, min_length=1, max_length=MOST)


class YearEndRefusalSerializer(serializers.Serializer[Any]):
    line = serializers.CharField()
    title = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()


class YearEndDecidedSerializer(serializers.Serializer[Any]):
    """How many lines were decided, by choice; whom one may not share with, by name; what was refused."""

    kept = serializers.IntegerField()
    entrusted = serializers.IntegerField()
    let_go = serializers.IntegerField()
    people = serializers.IntegerField()
    left_out = serializers.ListField(child=serializers.CharField())
    refused = YearEndRefusalSerializer(many=True)


class YearEndColleagueSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="person.uuid")
    words = serializers.CharField()


class YearEndFavouriteSerializer(serializers.Serializer[Upkeep]):
    """A favourite and what it needs; `names` are those whom cleaning takes out."""

    uuid = serializers.UUIDField(source="favourite.uuid")
    name = serializers.CharField(source="favourite.name")
    size = serializers.IntegerField(source="favourite.size")
    gone = YearEndPersonSerializer(many=True)
    changed = YearEndPersonSerializer(many=True)
    names = serializers.ListField(child=serializers.CharField())
    unused = serializers.BooleanField()


class YearEndCleanedSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()


class YearEndViewSet(GenericViewSet[Decision]):
    """The caller's own year's end, for whoever teaches or works in a school."""

    queryset = Decision.objects.none()
    serializer_class = YearEndSerializer
    pagination_class = None

    @extend_schema(operation_id="year_end_read", responses=YearEndSerializer)
    def list(self, request: Request) -> Response:
        """What the next turn of each school ends of what the caller manages, with what is decided of it."""
        told: YearEnd = year_end_of(self._viewer().person)
        answer = {
            "ending": ending(request),
            "unchanged": told.unchanged,
            "undecided": len(told.lines) - len(told.decided),
            "lines": told.lines,
        }
        return Response(YearEndSerializer(answer, context={"told": told}).data)

    @extend_schema(request=YearEndWishesSerializer, responses=YearEndDecidedSerializer)
    @action(detail=False, methods=["post"])
    def decisions(self, request: Request) -> Response:
        """Decides lines: kept for their people by name, entrusted to a colleague, or let go."""
        me = self._viewer().person
        asked = body_of(request, YearEndWishesSerializer)["decisions"]
        done = decide(by=me, wishes=[Wish(**each | {"choice": Choice(each["choice"])}) for each in asked])
        answer = {
            "kept": done.lines[Choice.KEEP],
            "entrusted": done.lines[Choice.ENTRUST],
            "let_go": done.lines[Choice.LET_GO],
            "people": done.people,
            "left_out": done.left_out,
            "refused": [
                {"line": each.key, "title": each.title, "code": each.error.code, "reason": str(each.error)}
                for each in done.refused
            ],
        }
        return Response(YearEndDecidedSerializer(answer).data)

    @extend_schema(
        operation_id="year_end_take_back",
        request=None,
        responses={204: None},
        parameters=[OpenApiParameter("decision", UUID, OpenApiParameter.PATH)],
    )
    @action(detail=False, methods=["delete"], url_path=rf"decisions/(?P<decision>{UUID_PATTERN})")
    def decision(self, request: Request, decision: str) -> Response:
        """Takes a decision back, until the school turns."""
        take_back(by=self._viewer().person, decision=UUID(decision))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="year_end_colleagues",
        parameters=[OpenApiParameter("q", str)],
        responses=YearEndColleagueSerializer(many=True),
    )
    @action(detail=False)
    def colleagues(self, request: Request) -> Response:
        """The colleagues to whom something may be entrusted: those whose name fits `q`, else of one's schools."""
        found = colleagues.found(self._viewer(), request.query_params.get("q", "")[:80])
        return Response(YearEndColleagueSerializer(found, many=True).data)

    @extend_schema(operation_id="year_end_favourites", responses=YearEndFavouriteSerializer(many=True))
    @action(detail=False)
    def favourites(self, request: Request) -> Response:
        """The caller's favourites, those that need something first."""
        return Response(YearEndFavouriteSerializer(upkeep_of(self._viewer()), many=True).data)

    @extend_schema(
        operation_id="year_end_clean_favourite",
        request=None,
        responses=YearEndCleanedSerializer,
        parameters=[OpenApiParameter("favourite", UUID, OpenApiParameter.PATH)],
    )
    @action(detail=False, methods=["post"], url_path=rf"favourites/(?P<favourite>{UUID_PATTERN})/clean")
    def clean(self, request: Request, favourite: str) -> Response:
        """Takes out of a favourite those who left, or are no longer what they were."""
        viewer = self._viewer()
        found = next((each for each in upkeep_of(viewer) if str(each.favourite.uuid) == favourite), None)
        if found is None:
            raise NotFound()
        count = favourites.remove(
            by=viewer.person,
            favourite=found.favourite,
            persons=[*found.gone, *found.changed],
            groups=found.groups,
        )
        return Response(YearEndCleanedSerializer({"count": count}).data)

    def _viewer(self) -> Viewer:
        if not prepares(self.request):
            raise NotFound()
        return Viewer(self.request.user)
