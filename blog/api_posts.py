"""Posts and what is said of them, in the API: the same gates, rules and services as the pages."""

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

from blog import querysets
from blog.api_words import (
    BlogBlurredPieceSerializer,
    BlogBlurredSerializer,
    BlogCommentSerializer,
    BlogPinSerializer,
    BlogPostDraftSerializer,
    BlogPostSerializer,
    BlogPublishSerializer,
    BlogSaidSerializer,
    BlogWordSerializer,
)
from blog.models import Comment, Post
from blog.services import blur, comments, posts, publish, trash
from core.api import UUID_PATTERN, JSONParser, body_of

MOST = 200


class BlogPostViewSet(GenericViewSet[Post]):
    """Posts that the caller reads; a list is its blog's (`/api/v1/blogs/{uuid}/posts/`)."""

    queryset = Post.objects.none()
    serializer_class = BlogPostSerializer
    pagination_class = None
    parser_classes = (JSONParser, MultiPartParser)
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def retrieve(self, request: Request, uuid: str) -> Response:
        """One post; in the trash too, for whoever threw it away."""
        return self._told(self._post(uuid))

    @extend_schema(request=BlogPostDraftSerializer, responses=BlogPostSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Keeps what is written."""
        asked = body_of(request, BlogPostDraftSerializer)
        return self._told(posts.save(by=request.user, post=self._post(uuid), **asked))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Deletes for good what is in the trash."""
        trash.erase(by=request.user, post=self._post(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=BlogPublishSerializer, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, uuid: str) -> Response:
        """It comes out, now or later."""
        asked = body_of(request, BlogPublishSerializer)
        return self._told(publish.publish(by=request.user, post=self._post(uuid), **asked))

    @extend_schema(request=None, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, uuid: str) -> Response:
        """It waits to be read by who manages the blog."""
        return self._told(posts.submit(by=request.user, post=self._post(uuid)))

    @extend_schema(request=None, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, uuid: str) -> Response:
        """A draft of the caller's again."""
        return self._told(posts.take_back(by=request.user, post=self._post(uuid)))

    @extend_schema(request=BlogWordSerializer, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, uuid: str) -> Response:
        """To its author, with a word."""
        word = body_of(request, BlogWordSerializer)["word"]
        return self._told(publish.send_back(by=request.user, post=self._post(uuid), word=word))

    @extend_schema(request=BlogPinSerializer, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"])
    def pin(self, request: Request, uuid: str) -> Response:
        """On top of its blog, or no more."""
        on = body_of(request, BlogPinSerializer)["on"]
        return self._told(publish.pin(by=request.user, post=self._post(uuid), on=on))

    @extend_schema(request=None, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"])
    def trash(self, request: Request, uuid: str) -> Response:
        """The first step: to the trash of its blog."""
        return self._told(trash.trash(by=request.user, post=self._post(uuid)))

    @extend_schema(request=None, responses=BlogPostSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, uuid: str) -> Response:
        """Out of it, where it stood."""
        return self._told(trash.restore(by=request.user, post=self._post(uuid)))

    @extend_schema(request=BlogBlurredSerializer, responses={201: BlogBlurredPieceSerializer})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def blurred(self, request: Request, uuid: str) -> Response:
        """A picture whose faces were blurred, in the place of one that the post bears, or added to it."""
        asked, post = body_of(request, BlogBlurredSerializer), self._post(uuid)
        file, piece = asked["file"], asked.get("piece")
        if piece is not None:
            made = blur.replace(by=request.user, post=post, piece=piece, file=file)
        else:
            made = blur.add(by=request.user, post=post, file=file, name=str(file.name))
        return Response({"uuid": made.uuid}, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="blog_posts_comments", responses=BlogCommentSerializer(many=True))
    @action(detail=True, methods=["get"])
    def comments(self, request: Request, uuid: str) -> Response:
        """What the caller reads of what is said of it, the first first; 200 at most."""
        post, role = self._seen(uuid)
        found = querysets.comments_of(post, request.user, role)[:MOST]
        return Response(BlogCommentSerializer(found, many=True).data)

    @extend_schema(
        operation_id="blog_posts_say", request=BlogSaidSerializer, responses={201: BlogCommentSerializer}
    )
    @comments.mapping.post
    def say(self, request: Request, uuid: str) -> Response:
        """A comment of the caller's."""
        text = body_of(request, BlogSaidSerializer)["text"]
        made = comments.say(by=request.user, post=self._post(uuid), text=text)
        return Response(BlogCommentSerializer(made).data, status=status.HTTP_201_CREATED)

    def _post(self, uuid: str) -> Post:
        return self._seen(uuid)[0]

    def _seen(self, uuid: str) -> tuple[Post, Any]:
        found = querysets.seen_post(self.request.user, UUID(uuid))
        if found is None:
            raise NotFound()
        return found[0], found[1].role

    def _told(self, post: Post) -> Response:
        return Response(BlogPostSerializer(post).data)


class BlogCommentViewSet(GenericViewSet[Comment]):
    """Comments that the caller reads; a list is its post's."""

    queryset = Comment.objects.none()
    serializer_class = BlogCommentSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(request=BlogSaidSerializer, responses=BlogCommentSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """One's own, in other words."""
        text = body_of(request, BlogSaidSerializer)["text"]
        made = comments.say_anew(by=request.user, comment=self._comment(uuid), text=text)
        return Response(BlogCommentSerializer(made).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Takes it away."""
        comments.delete(by=request.user, comment=self._comment(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=BlogCommentSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, uuid: str) -> Response:
        """Lets it out."""
        made = comments.let_out(by=request.user, comment=self._comment(uuid))
        return Response(BlogCommentSerializer(made).data)

    @extend_schema(request=BlogWordSerializer, responses=BlogCommentSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, uuid: str) -> Response:
        """To its author, with a word."""
        word = body_of(request, BlogWordSerializer)["word"]
        made = comments.send_back(by=request.user, comment=self._comment(uuid), word=word)
        return Response(BlogCommentSerializer(made).data)

    def _comment(self, uuid: str) -> Comment:
        found = querysets.seen_comment(self.request.user, UUID(uuid))
        if found is None:
            raise NotFound()
        return found[0]
