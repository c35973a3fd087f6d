"""Windows of the editor tell that they are open, and learn who else is there."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from listings.selectors.presence import list_others
from listings.services.presence import note_presence
from storefronts.selectors import get_membership


@login_required
@require_POST
def presence(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """The script asks every half minute; the answer is the line under the product's name."""
    member = get_membership(user=request.user, slug=company)
    note_presence(member=member, listing_id=pk)
    context = {
        "others": list_others(member=member, listing_id=pk),
        "presence_url": reverse("products:presence", args=[company, pk]),
    }
    return render(request, "listings/presence.html", context)
