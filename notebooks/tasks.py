"""Jobs of this room, where the worker looks for them."""

from notebooks import memo_jobs

__all__ = ["memo_jobs"]
