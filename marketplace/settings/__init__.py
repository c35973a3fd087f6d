"""Settings of one deployment; what it may change stands in environment.py and `.env.example`."""

from marketplace.settings.base import *  # noqa: F403  the settings module is made of its parts
