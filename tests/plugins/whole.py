"""The days of a year that is lived once go to one worker, which lives it for all of them; every other test goes to
whoever is free.

By name, not by xdist's own groups, of which version 3.8 knows nothing under pytest 9.2.
"""

from typing import Any

import pytest

WHOLE = ("tests/stories/calendar/",)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((folder for folder in WHOLE if nodeid.startswith(folder)), nodeid)

    return Scheduling(config, log)
