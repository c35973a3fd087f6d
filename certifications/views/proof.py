"""Where everybody checks a certificate, prints its sheet, and where machines fetch credential, keys and status."""

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certifications.adapters.codes import draw_qr
from certifications.selectors.proof import (
    Verification,
    find_by_number,
    get_credential,
    get_status_list,
    get_verification,
    read_did_document,
)
from core.errors import NotFound

CREDENTIAL_TYPE = "application/vc+jwt"
LONGEST_NUMBER = 80


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Type a code or a number; one find leads to its page."""
    number = request.GET.get("number", "").strip()[:LONGEST_NUMBER]
    found = find_by_number(number=number) if number else []
    if len(found) == 1:
        return redirect(found[0])
    context = {"number": number, "found": found}
    return render(request, "certificates/look_up.html", context, status=404 if number and not found else 200)


@require_safe
def verify(request: HttpRequest, public_id: str) -> HttpResponse:
    """One certificate as it stands today; an unknown code gets a page that says so."""
    try:
        found = get_verification(public_id=public_id, day=timezone.localdate())
    except NotFound:
        return render(request, "certificates/look_up.html", {"number": public_id, "found": []}, status=404)
    if found.is_paused:
        return render(request, "certificates/paused.html", {"found": found})
    return render(request, "certificates/verify.html", {"found": found, "certificate": found.certificate})


@require_safe
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """One page to print, with the code and the fingerprint of the key."""
    found = _get_valid(public_id)
    url = settings.SITE_URL + found.certificate.get_absolute_url()
    context = {"found": found, "certificate": found.certificate, "url": url, "today": timezone.localdate()}
    return render(request, "certificates/sheet.html", context)


@require_safe
@cache_control(public=True, max_age=86_400)
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    """The QR code of the public page."""
    found = _get_valid(public_id)
    return HttpResponse(draw_qr(settings.SITE_URL + found.certificate.get_absolute_url()), content_type="image/svg+xml")


@require_safe
def credential(request: HttpRequest, credential_id: UUID) -> HttpResponse:
    """A standing credential, to be saved."""
    found = get_credential(credential_id=credential_id)
    headers = {"Content-Disposition": f'attachment; filename="{found.pk}.jwt"'}
    return HttpResponse(found.jwt, content_type=CREDENTIAL_TYPE, headers=headers)


@require_safe
@cache_control(public=True, max_age=300)
def status(request: HttpRequest) -> HttpResponse:
    """The newest status list."""
    return HttpResponse(get_status_list().jwt, content_type=CREDENTIAL_TYPE)


@require_safe
@cache_control(public=True, max_age=300)
def keys(request: HttpRequest) -> HttpResponse:
    """The DID document with every key that ever signed."""
    return HttpResponse(json.dumps(read_did_document(), indent=1), content_type="application/did+json")


def _get_valid(public_id: str) -> Verification:
    """What may be printed: nothing that does not hold today."""
    found = get_verification(public_id=public_id, day=timezone.localdate())
    if found.is_paused or not found.standing.is_valid:
        raise NotFound
    return found
