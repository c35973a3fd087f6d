#!/usr/bin/env python
"""Django's command line, with the settings that LATEEN_MODE names."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.site")
    execute_from_command_line(sys.argv)
