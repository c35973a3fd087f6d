"""A buyer whom two firms have blocked, and an address that the agency has barred, for the demo country."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.mail import withdraw_mail
from core.models import OutboxMail
from demo.seed.people import EXPORTER, OFFICER
from inquiries.choices import InquiryState
from inquiries.models import BuyerBlock, Inquiry
from inquiries.rules.messages import Reader
from inquiries.services.blocks import bar_buyer, block_buyer
from storefronts.models import Company

BARRED = "orders@quick-samples.example"


@transaction.atomic
def plant_blocks(*, company: Company | None, people: dict[str, User]) -> None:
    """The buyer of the declined thread is blocked, by another firm too; nothing waits from him. Mails stay unsent."""
    thread = Inquiry.objects.filter(company=company, state=InquiryState.DECLINED).order_by("asked_at").first()
    if thread is None:
        return
    mails_before = set(OutboxMail.objects.values_list("pk", flat=True))
    reason = "Asks for free samples of everything, each month under another firm’s name, and has never ordered."
    block_buyer(reader=Reader(people[EXPORTER.email]), inquiry_id=thread.pk, reason=reason)
    other = Company.objects.public().exclude(pk=thread.company_id).order_by("pk").first()
    if other is not None:
        BuyerBlock.objects.create(
            company=other,
            email=thread.buyer_email,
            reason="Five parcels of samples, no answer since.",
            made_at=timezone.now(),
        )
    bar_buyer(
        officer=people[OFFICER.email],
        email=BARRED,
        reason="Four firms sent samples to an address where nobody knows the buyer.",
    )
    for mail in OutboxMail.objects.exclude(pk__in=mails_before).filter(sent_at=None):
        withdraw_mail(mail_id=mail.pk)
