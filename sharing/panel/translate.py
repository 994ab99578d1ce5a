"""PostgreSQL's `translate`: letter for letter, without the extension that folds accents."""

from django.db.models import CharField, Func


class Translate(Func):
    function = "TRANSLATE"
    arity = 3
    output_field = CharField()
