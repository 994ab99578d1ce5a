"""What a merge does to rows, written down as it is done, so that it is undone exactly.

A room asks for one of three things, a whole table at a time: rows pass from one account to the other, are
set aside because the other account has the same, or change. Put back, a row that moved is still the kept
account's, or stays where it went since; one set aside comes back where all that it names still stands,
and so does the row for which it was set aside; a changed one, where nobody changed it since.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, ForeignKey, Model

from accounts.models import Merge, MergedRows

Act = MergedRows.Act
type Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A merge under way: `gone` and `kept` are the accounts' keys."""

    merge: Merge
    gone: int
    kept: int

    @property
    def both(self) -> list[int]:
        return [self.gone, self.kept]

    def move(self, model: type[Model], column: str, *, key: str = "") -> int:
        """Every row whose `column` is the account that goes passes to the one kept; answers how many."""
        key = key or _key(model)
        keys = _column(
            f'update "{_table(model)}" set "{column}" = %(kept)s where "{column}" = %(gone)s returning "{key}"',  # noqa: S608
            {"kept": self.kept, "gone": self.gone},
        )
        self._write(model, Act.MOVED, key=key, column=column, keys=keys)
        return len(keys)

    def drop(self, model: type[Model], stays: Mapping[int, int | None], *, key: str = "") -> None:
        """Sets rows aside, by key; each with the key of the row that stays for it, or None."""
        if not stays:
            return
        key = key or _key(model)
        rows = _column(
            f'delete from "{_table(model)}" t where t."{key}" = any(%(keys)s) returning to_jsonb(t)',  # noqa: S608
            {"keys": list(stays)},
        )
        told = [{"row": row, "stays": stays[row[key]]} for row in map(_read, rows)]
        self._write(model, Act.DROPPED, key=key, rows=told)

    def change(
        self, model: type[Model], key: int, values: Mapping[str, Any], *, whatever: bool = False
    ) -> None:
        """Gives one row other values, by field; `whatever`: put back even where they changed since."""
        rows = model._base_manager.filter(pk=key)
        before = _as_json(model, key)
        rows.update(**values)
        after = _as_json(model, key)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            row = {
                "key": key,
                "before": {name: before[name] for name in changed},
                "after": {} if whatever else {name: after[name] for name in changed},
            }
            self._write(model, Act.CHANGED, rows=[row])

    def added(self, model: type[Model], keys: list[int]) -> None:
        """Says that the merge made rows; what becomes of them is the room's to say."""
        self._write(model, Act.ADDED, keys=keys)

    def made(self, model: type[Model]) -> set[int]:
        """The keys of the rows that this merge said it made."""
        told = self.merge.rows.filter(model=model._meta.label, act=Act.ADDED).values_list("keys", flat=True)
        return {key for keys in told for key in keys}

    def put_back(self, room: str) -> None:
        """Undoes what was written down for a room, the last first."""
        for entry in self.merge.rows.filter(room=room).order_by("-pk"):
            _UNDO[entry.act](self, apps.get_model(entry.model), entry)

    def _write(
        self,
        model: type[Model],
        act: str,
        *,
        key: str = "",
        column: str = "",
        keys: list[int] | None = None,
        rows: list[Row] | None = None,
    ) -> None:
        if keys or rows:
            MergedRows.objects.create(
                merge=self.merge,
                room=model._meta.app_label,
                model=model._meta.label,
                act=act,
                key=key or _key(model),
                column=column,
                keys=keys or [],
                rows=rows or [],
            )


def _move_back(pair: Pair, model: type[Model], entry: MergedRows) -> None:
    _run(
        f'update "{_table(model)}" set "{entry.column}" = %(gone)s '  # noqa: S608
        f'where "{entry.key}" = any(%(keys)s) and "{entry.column}" = %(kept)s',
        {"gone": pair.gone, "kept": pair.kept, "keys": entry.keys},
    )


def _bring_back(pair: Pair, model: type[Model], entry: MergedRows) -> None:
    table, columns = _table(model), ", ".join(f'"{field.column}"' for field in _stored(model))
    stands = [
        f'(x."{field.column}" is null or exists ('
        f'select from "{_table(field.related_model)}" f where f."{field.target_field.column}" = x."{field.column}"))'
        for field in _stored(model)
        if isinstance(field, ForeignKey) and getattr(field, "db_constraint", True)
    ]
    ends = next((f.column for f in _stored(model) if f.name in {"ended_on", "lifted_at"}), None)
    open_too = f' and (s."{ends}" is null or x."{ends}" is not null)' if ends else ""
    stands.append(
        "(r -> 'stays' = 'null'::jsonb or exists ("
        f'select from "{table}" s where s."{entry.key}" = (r ->> \'stays\')::bigint{open_too}))'
    )
    _run(
        f'insert into "{table}" ({columns}) overriding system value '  # noqa: S608
        f"select {', '.join(f'x.{column}' for column in columns.split(', '))} "
        "from jsonb_array_elements(%(rows)s::jsonb) r "
        f"cross join lateral jsonb_populate_record(null::\"{table}\", r -> 'row') x "
        f"where {' and '.join(stands)} on conflict do nothing",
        {"rows": json.dumps(entry.rows)},
    )


def _change_back(pair: Pair, model: type[Model], entry: MergedRows) -> None:
    table, key = _table(model), entry.key
    for row in entry.rows:
        columns = [f.column for f in _stored(model) if f.column in row["before"]]
        said = ", ".join(f'"{column}" = p."{column}"' for column in columns)
        _run(
            f'update "{table}" t set {said} from "{table}" base '  # noqa: S608
            "cross join lateral jsonb_populate_record(base, %(before)s::jsonb) p "
            f'where base."{key}" = %(key)s and t."{key}" = base."{key}" and to_jsonb(t) @> %(after)s::jsonb',
            {"key": row["key"], "before": json.dumps(row["before"]), "after": json.dumps(row["after"])},
        )


def _leave(pair: Pair, model: type[Model], entry: MergedRows) -> None:
    """What the merge made is its room's to take back."""


_UNDO: dict[str, Callable[[Pair, type[Model], MergedRows], None]] = {
    Act.MOVED: _move_back,
    Act.DROPPED: _bring_back,
    Act.CHANGED: _change_back,
    Act.ADDED: _leave,
}


def _table(model: Any) -> str:
    return str(model._meta.db_table)


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)


def _stored(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if field.column and not field.generated]


def _as_json(model: type[Model], key: int) -> Row:
    sql = f'select to_jsonb(t) from "{_table(model)}" t where t."{_key(model)}" = %(key)s'  # noqa: S608
    return _read(_column(sql, {"key": key})[0])


def _read(value: Any) -> Row:
    found: Row = json.loads(value) if isinstance(value, str) else value
    return found


def _column(sql: str, params: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def _run(sql: str, params: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
