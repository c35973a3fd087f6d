"""What a version says of others, the parties and the products, is kept with it when it is sent: a paper says the same for good."""

from dataclasses import asdict

from inquiries.models import QuotationLine, QuotationVersion
from inquiries.selectors.quotation_papers import describe_buyer, describe_goods, describe_seller


def freeze_facts(*, version: QuotationVersion) -> None:
    """Write seller, buyer, HS codes and origins of today into a draft that is being sent; the caller saves the version."""
    quotation = version.quotation
    seller, buyer = describe_seller(version=version), describe_buyer(inquiry=quotation.inquiry)
    version.parties = {
        "seller": asdict(seller), "buyer": asdict(buyer), "destination": quotation.inquiry.destination,
    }  # fmt: skip
    lines = list(version.lines.all())
    for line in lines:
        line.hs_code, line.origin = describe_goods(line=line, company=quotation.company)
    QuotationLine.objects.bulk_update(lines, ["hs_code", "origin"])
