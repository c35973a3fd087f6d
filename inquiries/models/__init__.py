"""Threads and messages; quotations, deals and samples; requests; what a company keeps to answer; who of the agency may read a thread; who is blocked."""

from inquiries.models.access import OfficerAccess
from inquiries.models.block import BuyerBlock, BuyerBlockQuerySet
from inquiries.models.deal import Deal, DealQuerySet
from inquiries.models.desk import Absence, ReplyRecord, ReplyTemplate
from inquiries.models.paper import SharedPaper
from inquiries.models.quotation import (
    Counter,
    CounterLine,
    PrivateFloor,
    Quotation,
    QuotationLine,
    QuotationOutcome,
    QuotationQuerySet,
    QuotationVersion,
)
from inquiries.models.request import (
    Match,
    MatchQuerySet,
    Request,
    RequestFile,
    RequestLine,
    RequestQuerySet,
    RequestScheme,
)
from inquiries.models.sample import Sample, SampleQuerySet
from inquiries.models.thread import Attachment, Draft, Inquiry, InquiryQuerySet, Message

__all__ = [
    "Absence",
    "Attachment",
    "BuyerBlock",
    "BuyerBlockQuerySet",
    "Counter",
    "CounterLine",
    "Deal",
    "DealQuerySet",
    "Draft",
    "Inquiry",
    "InquiryQuerySet",
    "Match",
    "MatchQuerySet",
    "Message",
    "OfficerAccess",
    "PrivateFloor",
    "Quotation",
    "QuotationLine",
    "QuotationOutcome",
    "QuotationQuerySet",
    "QuotationVersion",
    "ReplyRecord",
    "ReplyTemplate",
    "Request",
    "RequestFile",
    "RequestLine",
    "RequestQuerySet",
    "RequestScheme",
    "Sample",
    "SampleQuerySet",
    "SharedPaper",
]
