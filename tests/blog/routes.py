"""Rows of the table of routes."""

from tests.house.rows import Row

PAGES: dict[str, Row] = {}
API: dict[str, Row] = {}
