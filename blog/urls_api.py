"""`/api/v1/` of this room."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from blog.api import BlogViewSet
from blog.api_posts import BlogCommentViewSet, BlogPostViewSet
from blog.api_public import (
    PublicBlogsView,
    PublicBlogView,
    PublicOfflineView,
    PublicOnlineView,
    PublicPosterView,
)

router = SimpleRouter()
router.register("blogs", BlogViewSet, basename="blogs")
router.register("blog-posts", BlogPostViewSet, basename="blog-posts")
router.register("blog-comments", BlogCommentViewSet, basename="blog-comments")

PUBLIC = "blogs/<uuid:uuid>/public/"

urlpatterns = [
    path("blogs/public/", PublicBlogsView.as_view(), name="public-blogs"),
    path(PUBLIC, PublicBlogView.as_view(), name="public-blog"),
    path(f"{PUBLIC}offline/", PublicOfflineView.as_view(), name="public-blog-offline"),
    path(f"{PUBLIC}online/", PublicOnlineView.as_view(), name="public-blog-online"),
    path(f"{PUBLIC}poster/", PublicPosterView.as_view(), name="public-blog-poster"),
    *router.urls,
]
