"""Expressions over the database functions that core's first migration makes."""

from typing import Any

from django.db import models
from django.db.models import F, Value


class Folded(models.Func):
    """`core_fold` of columns joined by a space: the SQL twin of `core.text.fold` for Latin letters."""

    function = "core_fold"
    output_field = models.TextField()

    def __init__(self, *columns: str, **extra: Any) -> None:
        joined: Any = F(columns[0]) if isinstance(columns[0], str) else columns[0]
        for column in columns[1:]:
            joined = models.ExpressionWrapper(
                models.Func(
                    models.Func(joined, Value(" "), template="(%(expressions)s)", arg_joiner=" || "),
                    F(column) if isinstance(column, str) else column,
                    template="(%(expressions)s)",
                    arg_joiner=" || ",
                ),
                output_field=models.TextField(),
            )
        super().__init__(joined, **extra)
