"""Public blogs in the API, for administrators of their schools: the same rules and services as the pages. Who reads
one has its page and its feed, at `/blog/pub/…`."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from blog import public_papers, public_rules
from blog.models import DESCRIPTION_LENGTH, TITLE_LENGTH, Blog, PublicBlog
from blog.public_forms import TYPED, proposed_for
from blog.public_querysets import online_at, public_of
from blog.querysets import blogs_visible_to
from blog.services import public, public_guard
from blog.services.blogs import Settings
from blog.services.public import Choice
from core.api import body_of
from core.storage.serve import disposition
from directory.querysets.administered import schools_administered_by
from schools.models import School
from sharing.querysets import reach_of
from sharing.rules import owns
from sharing.services.resources import owner_of

CHOSEN = ("address", "drawing", "indexed", "ends_on")


class PublicHindranceSerializer(serializers.Serializer[Any]):
    """What stands in the way; without `post`, of the blog itself."""

    post = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    why = serializers.CharField()


class PublicBlogSerializer(serializers.Serializer[Any]):
    """How a blog stands. Private, it tells the address proposed, and what stands in the way."""

    blog = serializers.UUIDField(source="blog.resource.uuid")
    public = serializers.BooleanField(default=True)
    online = serializers.SerializerMethodField()
    address = serializers.CharField(source="address_id")
    url = serializers.SerializerMethodField()
    drawing = serializers.CharField()
    indexed = serializers.BooleanField()
    ends_on = serializers.DateField(allow_null=True)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_online(self, found: PublicBlog) -> bool:
        return online_at(found.address_id) is not None

    def get_url(self, found: PublicBlog) -> str:
        return public_papers.address_of(found)


class PrivateBlogSerializer(serializers.Serializer[Any]):
    """A blog that is not public: what would make it so."""

    blog = serializers.UUIDField()
    public = serializers.BooleanField()
    proposed = serializers.CharField()
    hindrances = PublicHindranceSerializer(many=True)


class PublicChoiceSerializer(serializers.Serializer[Any]):
    """What is chosen; what is left out stays. `school`: whose it becomes, where it is the caller's own."""

    school = serializers.UUIDField(required=False)
    address = serializers.CharField(max_length=TYPED, required=False)
    drawing = serializers.CharField(max_length=20, required=False)
    indexed = serializers.BooleanField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)


class NewPublicBlogSerializer(PublicChoiceSerializer):
    """A new one."""

    school = serializers.UUIDField()
    title = serializers.CharField(max_length=TITLE_LENGTH)
    description = serializers.CharField(max_length=DESCRIPTION_LENGTH, allow_blank=True, required=False)


class PublicBlogsView(APIView):
    """Public blogs are opened here."""

    @extend_schema(
        operation_id="public_blogs_create",
        request=NewPublicBlogSerializer,
        responses={201: PublicBlogSerializer},
    )
    def post(self, request: Request) -> Response:
        """One of a school that the caller administers."""
        asked = body_of(request, NewPublicBlogSerializer)
        made = public.create_public(
            by=request.user,
            school=_school(request, asked["school"]),
            settings=Settings(title=asked["title"], description=asked.get("description", "")),
            choice=_choice(asked),
        )
        return Response(PublicBlogSerializer(made).data, status=status.HTTP_201_CREATED)


class PublicBlogView(APIView):
    """One blog, for the administrators of its school; 404 for everybody else."""

    @extend_schema(
        operation_id="public_blogs_retrieve",
        responses=PolymorphicProxySerializer(
            component_name="PublicOrPrivateBlog",
            serializers=[PublicBlogSerializer, PrivateBlogSerializer],
            resource_type_field_name=None,
        ),
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """How it stands; private, what would make it public."""
        blog = _blog(request, uuid)
        found = public_of(blog)
        if found is not None:
            return Response(PublicBlogSerializer(found).data)
        told = {
            "blog": uuid,
            "public": False,
            "proposed": proposed_for(blog.resource.title, blog.resource.owner_school, blog),
            "hindrances": public_guard.hindrances(blog),
        }
        return Response(PrivateBlogSerializer(told).data)

    @extend_schema(
        operation_id="public_blogs_update", request=PublicChoiceSerializer, responses=PublicBlogSerializer
    )
    def put(self, request: Request, uuid: UUID) -> Response:
        """Public from now on; public already, it is as this says."""
        blog = _blog(request, uuid)
        asked, found = body_of(request, PublicChoiceSerializer), public_of(blog)
        if found is not None:
            made = public.change(by=request.user, blog=blog, choice=_choice(asked, found))
        else:
            school = _school(request, asked["school"]) if "school" in asked else None
            made = public.make_public(by=request.user, blog=blog, school=school, choice=_choice(asked))
        return Response(PublicBlogSerializer(made).data)

    @extend_schema(operation_id="public_blogs_destroy", responses={204: None})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Private again; its addresses stay its own."""
        public.make_private(by=request.user, blog=_blog(request, uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)


class PublicOfflineView(APIView):
    """Offline in one word."""

    @extend_schema(operation_id="public_blogs_offline", request=None, responses=PublicBlogSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Nobody reads it any more, at once."""
        made = public.put_offline(by=request.user, blog=_blog(request, uuid))
        return Response(PublicBlogSerializer(made).data)


class PublicOnlineView(APIView):
    """And back."""

    @extend_schema(operation_id="public_blogs_online", request=None, responses=PublicBlogSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Read again, at the same address."""
        made = public.put_online(by=request.user, blog=_blog(request, uuid))
        return Response(PublicBlogSerializer(made).data)


class PublicPosterView(APIView):
    """Its poster."""

    @extend_schema(
        operation_id="public_blogs_poster", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        """A4, with its address and a code to scan."""
        found = public_of(_blog(request, uuid))
        if found is None:
            raise NotFound()
        headers = {"Content-Disposition": disposition(f"Affiche {found.address_id}.pdf", inline=False)}
        return HttpResponse(public_papers.draw_poster(found), content_type="application/pdf", headers=headers)


def _blog(request: Request, uuid: UUID) -> Blog:
    """A blog of a school that the caller administers, or their own while they administer one. Raises NotFound."""
    reach = reach_of(request.user)
    found = blogs_visible_to(request.user, reach).filter(resource__uuid=uuid).first()
    if (
        found is None
        or not public_rules.may_open_public(reach.standpoint)
        or not owns(reach, owner_of(found.resource))
    ):
        raise NotFound()
    return found


def _school(request: Request, uuid: UUID) -> School:
    """Raises NotFound."""
    found = schools_administered_by(request.user).filter(uuid=uuid).first()
    if found is None:
        raise NotFound()
    return found


def _choice(asked: dict[str, Any], found: PublicBlog | None = None) -> Choice:
    """What is asked, over what stands."""
    former: dict[str, Any] = {}
    if found is not None:
        former = {
            "address": found.address_id,
            "drawing": found.drawing,
            "indexed": found.indexed,
            "ends_on": found.ends_on,
        }
    return Choice(**(former | {name: asked[name] for name in CHOSEN if name in asked}))
