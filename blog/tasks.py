"""Posts scheduled for now come out."""

from celery import shared_task

from blog.jobs import draw_blog
from blog.services.publish import publish_due

__all__ = ["draw_blog", "publish_scheduled"]


@shared_task(name="blog.publish_due", ignore_result=True)
def publish_scheduled() -> None:
    """Each minute; asked twice at once, or again, each comes out once."""
    publish_due()
