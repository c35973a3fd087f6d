"""The Django project: settings, addresses, the API's root and Celery. It owns no data."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
