"""Rows of the table of routes: the list of accounts and what is done from it."""

from tests.house.rows import ADMINISTRATORS, row

ROWS = {"console:users": row(*ADMINISTRATORS)}
