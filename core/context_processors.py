"""What every page knows of the site it stands on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The names of brand and agency, and whether the reader's browser asks for less data."""
    return {
        "brand_name": settings.BRAND_NAME,
        "agency_name": settings.AGENCY_NAME,
        "agency_email": settings.AGENCY_EMAIL,
        "agency_phone": settings.AGENCY_PHONE,
        "agency_hours": settings.AGENCY_HOURS,
        "save_data": request.headers.get("Save-Data") == "on",
    }
