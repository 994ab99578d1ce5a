"""Wiring only: settings, addresses, processes, health."""

from ent.celery import app as celery_app

__all__ = ["celery_app"]
