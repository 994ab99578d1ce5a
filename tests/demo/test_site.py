"""The demo's programs, as far as they go without starting them."""

import socket
from pathlib import Path

import pytest

from demo.services.site import AlreadyRunning, PortTaken, check_port, only_one


def test_a_free_port_is_taken_and_a_taken_one_is_named() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(PortTaken, match=f"PORT={port + 1}"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_one_demo_runs_at_a_time_on_one_folder(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(AlreadyRunning, match="déjà"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        assert (tmp_path / "demo.lock").exists()
