"""A blog that anybody reads without an account, and the addresses that were ever given to such blogs."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Regex

from blog.models.blogs import Blog

ADDRESS_LENGTH = 60


class PublicAddress(models.Model):
    """An address once given. It is its blog's for ever, and nobody else's: what somebody wrote down, or scans
    from a poster, never leads to another's words. Nobody's once that blog is deleted for good."""

    slug = models.CharField("adresse", max_length=ADDRESS_LENGTH, primary_key=True)
    blog = models.ForeignKey(Blog, on_delete=models.SET_NULL, null=True, blank=True, related_name="addresses")
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = "adresse publique"
        constraints = [
            models.CheckConstraint(
                condition=Q(Regex(F("slug"), "^[a-z0-9]+(-[a-z0-9]+)*$")), name="public_address_well_made"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class PublicBlog(models.Model):
    """A blog that keeps the rules of what anybody reads, whether it is online now or not.

    It is read while nobody put it offline, until the end of `ends_on` at the place of its school, which owns it.
    `drawing` is one of ours: no picture of anybody's stands there. `indexed`: search engines may list it.
    `opened_by` and `closed_by` are UUIDs of persons.
    """

    blog = models.OneToOneField(Blog, on_delete=models.CASCADE, primary_key=True, related_name="public")
    address = models.OneToOneField(PublicAddress, on_delete=models.PROTECT, related_name="+")
    drawing = models.CharField("illustration", max_length=20, default="school")
    indexed = models.BooleanField("référencé par les moteurs de recherche", default=False)
    ends_on = models.DateField("en ligne jusqu’au", null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "blog public"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="public_blog_closed_by_somebody_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.address_id
