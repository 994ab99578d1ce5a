"""No test is judged by the clock: a machine that others share takes its time to draw an example."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    from hypothesis import HealthCheck, settings

    settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    if not config.getoption("--hypothesis-profile", None):
        settings.load_profile("unhurried")
