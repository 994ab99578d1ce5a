"""Is it alive, is it ready: what a load balancer and `manage.py demo` ask."""

from collections.abc import Callable

import redis
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.tasks import ALIVE_KEY

_migrated = False  # once true, true for this process's life: no need to read the disk again


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process lives."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 once everything serves, else 503 with what is missing, in order of need."""
    missing = [name for name, serves in CHECKS.items() if not serves()]
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    global _migrated
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError:
            return False
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _cache() -> bool:
    try:
        cache.set("readyz", True, 10)
        return bool(cache.get("readyz"))
    except redis.RedisError:
        return False


def _worker() -> bool:
    try:
        return bool(cache.get(ALIVE_KEY))
    except redis.RedisError:
        return False


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "worker": _worker,
}
