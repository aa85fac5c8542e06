"""Dialoog: the composition root is settings, urls and celery."""

from dialoog.celery import app as celery_app

__all__ = ["celery_app"]
