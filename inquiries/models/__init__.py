"""Threads and messages; requests for quotation; what a company keeps to answer them; who of the agency may read one."""

from inquiries.models.access import OfficerAccess
from inquiries.models.desk import Absence, ReplyRecord, ReplyTemplate
from inquiries.models.paper import SharedPaper
from inquiries.models.request import (
    Match,
    MatchQuerySet,
    Request,
    RequestFile,
    RequestLine,
    RequestQuerySet,
    RequestScheme,
)
from inquiries.models.thread import Attachment, Draft, Inquiry, InquiryQuerySet, Message

__all__ = [
    "Absence",
    "Attachment",
    "Draft",
    "Inquiry",
    "InquiryQuerySet",
    "Match",
    "MatchQuerySet",
    "Message",
    "OfficerAccess",
    "ReplyRecord",
    "ReplyTemplate",
    "Request",
    "RequestFile",
    "RequestLine",
    "RequestQuerySet",
    "RequestScheme",
    "SharedPaper",
]
