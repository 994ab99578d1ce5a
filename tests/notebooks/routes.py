"""Rows of the table of routes."""

from tests.house.rows import Row
from tests.notebooks import routes_homework as homework
from tests.notebooks import routes_liaison as liaison
from tests.notebooks import routes_memo as memo

PAGES: dict[str, Row] = {**homework.PAGES, **liaison.PAGES, **memo.PAGES}
API: dict[str, Row] = {**homework.API, **liaison.API, **memo.API}
