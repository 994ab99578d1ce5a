"""`/api/v1/` of this room."""

from rest_framework.routers import SimpleRouter

from notebooks.api_homework import HomeworkBookViewSet, HomeworkEntryViewSet, NotebookViewSet
from notebooks.api_liaison import LiaisonBookViewSet, ReceivedWordViewSet, WordViewSet
from notebooks.api_memo import MemoBookViewSet
from notebooks.api_memo_pages import MemoBlockViewSet, MemoPageViewSet

router = SimpleRouter()
router.register("notebooks/homework", HomeworkEntryViewSet, basename="homework")
router.register("notebooks/homework-books", HomeworkBookViewSet, basename="homework-books")
router.register("notebooks/liaison-books", LiaisonBookViewSet, basename="liaison-books")
router.register("notebooks/liaison-words", WordViewSet, basename="liaison-words")
router.register("notebooks/received-words", ReceivedWordViewSet, basename="received-words")
router.register("notebooks/memo-books", MemoBookViewSet, basename="memo-books")
router.register("notebooks/memo-pages", MemoPageViewSet, basename="memo-pages")
router.register("notebooks/memo-blocks", MemoBlockViewSet, basename="memo-blocks")
router.register("notebooks", NotebookViewSet, basename="notebooks")

urlpatterns = router.urls
