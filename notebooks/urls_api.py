"""`/api/v1/` of this room."""

from rest_framework.routers import SimpleRouter

router = SimpleRouter()

urlpatterns = router.urls
