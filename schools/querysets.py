"""Schools by what people type."""

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from core.text import fold
from schools.models import School


def named_like(schools: QuerySet[School], typed: str) -> QuerySet[School]:
    """Those whose name, town or UAI hold every word typed, accents and case forgiven; all for no word."""
    words = fold(typed).split()
    if not words:
        return schools
    said = Concat("name", Value(" "), "city", Value(" "), F("uai"), output_field=TextField())
    schools = schools.annotate(said=Func(said, function="core_fold", output_field=TextField()))
    for word in words:
        schools = schools.filter(said__contains=word)
    return schools
