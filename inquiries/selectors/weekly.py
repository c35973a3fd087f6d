"""How many inquiries came in which week, for the exporter's figures."""

from datetime import date, datetime, time

from django.db.models import Count, DateField, Value
from django.db.models.functions import Coalesce, NullIf, TruncWeek
from django.utils import timezone

from inquiries.models import Inquiry
from listings.registry import Happened


def list_weekly_inquiries(*, company_id: int, since: date) -> list[Happened]:
    """Confirmed inquiries by week, product and country: the one chosen as destination, else the buyer's own. One query."""
    begin = timezone.make_aware(datetime.combine(since, time.min))
    country = Coalesce(NullIf("destination", Value("")), NullIf("buyer_country", Value("")), Value(""))
    rows = (
        Inquiry.objects.of_company(company_id)
        .asked()
        .filter(asked_at__gte=begin)
        .annotate(week=TruncWeek("asked_at", output_field=DateField()), country=country)
        .values("week", "listing_id", "country")
        .annotate(number=Count("pk"))
        .order_by("week", "listing_id", "country")
    )
    return [Happened(row["week"], row["listing_id"], row["country"], row["number"]) for row in rows]
