"""`/api/v1/` of this room."""

from rest_framework.routers import SimpleRouter

from blog.api import BlogViewSet
from blog.api_posts import BlogCommentViewSet, BlogPostViewSet

router = SimpleRouter()
router.register("blogs", BlogViewSet, basename="blogs")
router.register("blog-posts", BlogPostViewSet, basename="blog-posts")
router.register("blog-comments", BlogCommentViewSet, basename="blog-comments")

urlpatterns = router.urls
