"""The static files are listed once a process: each test client builds the middleware anew, and it walked all
of them again, which took a third of a request."""

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

_list = WhiteNoiseMiddleware.add_files_from_finders
_listed: dict[str, Any] = {}


def _list_once(self: Any) -> None:
    if not _listed:
        _list(self)
        _listed.update(self.files)
    self.files.update(_listed)


WhiteNoiseMiddleware.add_files_from_finders = _list_once
