"""A real Chromium for tests that look: Debian's, driven by Playwright; without it they skip with a word. Where it is
there, the one that draws no window.

Named by `-p` in pyproject.toml: one browser for the run, whoever asks first.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

CHROMIUM = (
    os.environ.get("CARTABLE_CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or ""
)
# Playwright gives this switch too, and the last one holds: what it turns off and matters to a page, then the two
# panels of the address bar, a process each beside every page though nobody types there.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
FLAGS = [
    f"--disable-features={','.join(WITHOUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_WORKER = "Service Worker registration blocked by Playwright"
WIDTHS = {"narrow": (320, 700), "phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, one for the run."""
    if not CHROMIUM:
        pytest.skip("no chromium here: `apt-get install chromium`, or name it in CARTABLE_CHROMIUM")
    # Playwright runs an event loop in this thread, where Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address of the site: `open_page("/styles/", width="phone", scheme="dark", cookies={})`.

    The page holds in `page.complaints` what the console and the content policy said since it was opened.
    `again` goes there in the page last opened in the same way, whose cache is warm: for crawls.
    """
    opened: dict[Any, Any] = {}
    with ExitStack() as stack:

        def visit(
            path: str,
            *,
            width: str = "desktop",
            scheme: str = "light",
            script: bool = True,
            worker: bool = False,
            again: bool = False,
            **cookies: str,
        ) -> Any:
            manner = (width, scheme, script, worker, frozenset(cookies.items()))
            if again and manner in opened:
                page = opened[manner]
                page.complaints.clear()
                page.goto(live_server.url + path)
                return page
            size = WIDTHS[width]
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,
                reduced_motion="reduce",
                locale="fr-FR",
                java_script_enabled=script,
                service_workers="allow" if worker else "block",
            )
            stack.callback(context.close)
            context.set_default_timeout(5000)
            context.set_default_navigation_timeout(20_000)  # the first page compiles its templates
            context.add_cookies(
                [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
            )
            page = context.new_page()
            page.complaints, page.awaited = [], set()
            page.on("request", lambda asked: page.awaited.add(asked))
            page.on("requestfinished", lambda asked: page.awaited.discard(asked))
            page.on("requestfailed", lambda asked: page.awaited.discard(asked))
            page.on(
                "console",
                lambda said: (
                    said.type in {"error", "warning"}
                    and said.text != NO_WORKER
                    and page.complaints.append(said.text)
                ),
            )
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.goto(live_server.url + path)
            settle(page)
            opened[manner] = page
            return page

        yield visit


@pytest.fixture
def open_as(open_page: Callable[..., Any], as_person: Callable[..., Any]) -> Callable[..., Any]:
    """Opens an address signed in as somebody: `open_as(person, "/annuaire/", width="phone")`."""

    sessions: dict[Any, str] = {}

    def visit(person: Any, path: str, **given: Any) -> Any:
        from django.conf import settings

        if person.pk not in sessions or not given.get("again"):
            sessions[person.pk] = as_person(person).cookies[settings.SESSION_COOKIE_NAME].value
        return open_page(path, sessionid=sessions[person.pk], **given)

    return visit


def settle(page: Any) -> None:
    """Waits until nothing that the page asked for is on its way, and nothing more is asked for: half a second less
    than Playwright's « networkidle »."""
    quiet = 0
    while quiet < 3:
        page.wait_for_timeout(20)
        quiet = 0 if page.awaited else quiet + 1


def violations(page: Any) -> list[str]:
    """What axe finds wrong in a page, a line a rule."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes'][:5]]}" for rule in found]
