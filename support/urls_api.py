"""`/api/v1/` of this room."""

from rest_framework.routers import SimpleRouter

from support.api import TicketViewSet
from support.api_desk import CannedAnswerViewSet, HelpArticleViewSet

router = SimpleRouter()
router.register("support/tickets", TicketViewSet, basename="support-tickets")
router.register("support/canned-answers", CannedAnswerViewSet, basename="support-canned")
router.register("support/help", HelpArticleViewSet, basename="support-help")

urlpatterns = router.urls
