"""Blogs in the API: the same gates, rules and services as the pages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from blog import consent, jobs, querysets
from blog.api_words import (
    STATES,
    BlogCommentSerializer,
    BlogCopySerializer,
    BlogHiddenSerializer,
    BlogJobSerializer,
    BlogPdfSerializer,
    BlogPictureSerializer,
    BlogPostDraftSerializer,
    BlogPostLineSerializer,
    BlogPostSerializer,
    BlogSerializer,
    BlogSettingsSerializer,
)
from blog.enums import State
from blog.models import Blog, Post
from blog.picture import NAME
from blog.querysets import TYPED, Filters
from blog.services import blogs, copies, posts
from blog.services.blogs import Settings
from core.api import UUID_PATTERN, JSONParser, NewestFirst, body_of
from core.storage.serve import serve
from core.text import uuid_of
from directory.annuaire.viewer import Viewer
from sharing.enums import Role
from sharing.querysets import reach_of

MOST = 200


class BlogViewSet(mixins.ListModelMixin, GenericViewSet[Blog]):
    """The blogs that the caller sees; to throw one away, the bin (`/api/v1/bin/`)."""

    queryset = Blog.objects.none()
    serializer_class = BlogSerializer
    pagination_class = NewestFirst
    parser_classes = (JSONParser, MultiPartParser)
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Blog, Any]:
        reach = reach_of(self.request.user)
        near = reach.at_hand if self.action == "list" else reach
        return querysets.told_by(querysets.blogs_visible_to(self.request.user, near))

    def retrieve(self, request: Request, uuid: str) -> Response:
        """One blog."""
        return self._told(uuid)

    @extend_schema(request=BlogSettingsSerializer, responses={201: BlogSerializer})
    def create(self, request: Request) -> Response:
        """A blog of the caller's."""
        made = blogs.open_blog(by=request.user, settings=_settings(body_of(request, BlogSettingsSerializer)))
        return self._told(made.resource.uuid, status.HTTP_201_CREATED)

    @extend_schema(request=BlogSettingsSerializer, responses=BlogSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Sets it."""
        blog = self._blog(uuid)
        asked = _settings(body_of(request, BlogSettingsSerializer), blog)
        blogs.change_blog(by=request.user, blog=blog, settings=asked)
        return self._told(uuid)

    @extend_schema(operation_id="blogs_picture", responses={(200, "image/webp"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def illustration(self, request: Request, uuid: str) -> HttpResponseBase:
        """The bytes of its illustration; 404 where it has none."""
        blob = self._blog(uuid).illustration
        if blob is None:
            raise NotFound()
        return serve(request._request, blob=blob, name=NAME, inline=True)

    @extend_schema(operation_id="blogs_illustrate", request=BlogPictureSerializer, responses=BlogSerializer)
    @illustration.mapping.put
    def illustrate(self, request: Request, uuid: str) -> Response:
        """Gives it another."""
        file = body_of(request, BlogPictureSerializer)["file"]
        blogs.illustrate(by=request.user, blog=self._blog(uuid), file=file)
        return self._told(uuid)

    @extend_schema(operation_id="blogs_strip", request=None, responses={204: None})
    @illustration.mapping.delete
    def strip(self, request: Request, uuid: str) -> Response:
        """Takes it off."""
        blogs.illustrate(by=request.user, blog=self._blog(uuid), file=None)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=BlogCopySerializer, responses={201: BlogSerializer})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, uuid: str) -> Response:
        """A blog of the caller's, with the posts that they wrote there."""
        made = copies.copy_blog(
            by=request.user, blog=self._blog(uuid), **body_of(request, BlogCopySerializer)
        )
        return self._told(made.resource.uuid, status.HTTP_201_CREATED)

    @extend_schema(
        responses=BlogPostLineSerializer(many=True),
        parameters=[
            OpenApiParameter("q", description="words of the title and of the text"),
            OpenApiParameter("month", description="2026-09"),
            OpenApiParameter("author", OpenApiTypes.UUID),
            OpenApiParameter("state", enum=STATES),
        ],
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def posts(self, request: Request, uuid: str) -> Response:
        """What the caller reads there, what is pinned first, then the last to come out; 200 at most."""
        blog = self._blog(uuid)
        rows = querysets.posts_of(blog, request.user, blog.my_role)
        found = querysets.in_order(querysets.narrowed(rows, _filters(request)))[:MOST]
        return Response(BlogPostLineSerializer(found, many=True).data)

    @extend_schema(request=BlogPostDraftSerializer, responses={201: BlogPostSerializer})
    @posts.mapping.post
    def write(self, request: Request, uuid: str) -> Response:
        """A draft of the caller's."""
        asked = body_of(request, BlogPostDraftSerializer)
        made: Post = posts.begin(by=request.user, blog=self._blog(uuid))
        made = posts.save(by=request.user, post=made, title=asked.get("title"), body=asked.get("body"))
        return Response(BlogPostSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=BlogPostLineSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def trash(self, request: Request, uuid: str) -> Response:
        """The posts that the caller threw away there."""
        blog = self._blog(uuid)
        rows = querysets.trashed_of(blog, request.user, blog.my_role).order_by("-trashed_at", "-pk")
        return Response(BlogPostLineSerializer(rows[:MOST], many=True).data)

    @extend_schema(operation_id="blogs_comments_waiting", responses=BlogCommentSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, url_path="comments-waiting")
    def waiting(self, request: Request, uuid: str) -> Response:
        """Comments that wait to be read first; 404 for whoever does not manage it."""
        blog = self._blog(uuid)
        if blog.my_role != Role.MANAGE:
            raise NotFound()
        found = querysets.comments_waiting(blog)[:MOST]
        return Response(BlogCommentSerializer(found, many=True).data)

    @extend_schema(responses=BlogHiddenSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, url_path="not-pictured")
    def not_pictured(self, request: Request, uuid: str) -> Response:
        """Pupils who may not be pictured, class by class; nothing for whoever is not of the team."""
        blog = self._blog(uuid)
        found = consent.not_pictured(Viewer(request.user), blog)
        return Response(BlogHiddenSerializer(found, many=True).data)

    @extend_schema(request=BlogPdfSerializer, responses={202: BlogJobSerializer})
    @action(detail=True, methods=["post"])
    def pdf(self, request: Request, uuid: str) -> Response:
        """Starts drawing it as a PDF."""
        asked = body_of(request, BlogPdfSerializer)
        job = jobs.start(by=request.user, blog=self._blog(uuid), comments=asked["comments"])
        return Response(BlogJobSerializer(job).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY, 202: BlogJobSerializer})
    @action(detail=True, methods=["get"], url_path=f"pdf/(?P<job>{UUID_PATTERN})")
    def pdf_file(self, request: Request, uuid: str, job: str) -> HttpResponseBase:
        """The PDF once it is drawn, how far it is before; 404 for another's, or some hours later."""
        blog = self._blog(uuid)
        started = jobs.jobs_of(request.user, blog).filter(uuid=job).first()
        if started is None:
            raise NotFound()
        if not started.finished:
            under_way: HttpResponseBase = Response(
                BlogJobSerializer(started).data, status=status.HTTP_202_ACCEPTED
            )
            return under_way
        found = jobs.file_of(request.user, blog, UUID(job))
        if found is None:
            raise NotFound()
        blob, name = found
        return serve(request._request, blob=blob, name=name)

    def _blog(self, uuid: str | UUID) -> Any:
        found = self.get_queryset().filter(resource__uuid=uuid).first()
        if found is None:
            raise NotFound()
        return found

    def _told(self, uuid: str | UUID, code: int = status.HTTP_200_OK) -> Response:
        return Response(BlogSerializer(self._blog(uuid)).data, status=code)


def _settings(asked: dict[str, Any], blog: Blog | None = None) -> Settings:
    """What is asked, over what is set."""
    former = (
        {
            "title": blog.resource.title,
            "description": blog.description,
            "circuit": blog.circuit,
            "comments": blog.comments,
        }
        if blog
        else {"title": ""}
    )
    return Settings(**(former | asked))


def _filters(request: Request) -> Filters:
    asked = request.query_params
    try:
        month = parse_datetime(f"{asked.get('month', '')}-01T12:00")
    except ValueError:
        month = None
    state = asked.get("state", "")
    return Filters(
        words=asked.get("q", "")[:TYPED],
        month=timezone.make_aware(month) if month else None,
        author=uuid_of(asked.get("author", "")),
        state=State(state) if state in STATES else None,
    )
