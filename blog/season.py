"""A public blog for families who have no account yet, and its poster at the gate of the school."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from blog.models import PublicBlog
from core import clock
from schools import season
from schools.models import School
from schools.season import Counts, Item, Standing

KEY = "public-blog"


def online_of(schools: Sequence[int]) -> QuerySet[PublicBlog]:
    """The public blogs of these schools that anybody reads today."""
    return PublicBlog.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()),
        blog__resource__owner_school__in=schools,
        blog__resource__trashed_at__isnull=True,
        closed_at__isnull=True,
    )


def without_blog(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """One for each school that has no public blog online. One query."""
    keys = [stand.school.pk for stand in stands]
    have = set(online_of(keys).values_list("blog__resource__owner_school", flat=True))
    return {KEY: {key: int(key not in have) for key in keys}}


def url(school: School) -> str:
    """The poster of the school's last public blog; without one, where blogs are made. One query."""
    found = online_of([school.pk]).select_related("blog__resource").order_by("-opened_at").first()
    if found is not None:
        return reverse("blog:public_poster", args=[found.blog.resource.uuid])
    return reverse("blog:index")


def register() -> None:
    """To be called in `ready()`."""
    season.register(
        Item(
            key=KEY,
            order=180,
            label="Ouvrir un blog public et afficher son adresse",
            why="Les nouvelles familles n’ont pas encore de compte\u00a0: horaires et fournitures s’y lisent sans connexion.",
            read=without_blog,
            say=lambda number: "Pas de blog public en ligne",
            done="Un blog public est en ligne",
            act="Ouvrir",
            icon="world",
            seasonal=True,
            may_be_seen=True,
            url=url,
        )
    )
