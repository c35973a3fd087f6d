"""States of inquiries and quotations, who speaks in a thread, why an exporter declines, how a message came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InquiryState(models.TextChoices):
    """`unconfirmed` is seen by nobody but the buyer who follows the mailed link."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")


class Origin(models.TextChoices):
    """How a thread began: a buyer asked, the exporter knew the buyer already, or an exporter answered a buyer's request."""

    ASKED = "asked", _("Asked here")
    OWN_BUYER = "own_buyer", _("Own buyer")
    REQUEST = "request", _("Request for quotation")


class Side(models.TextChoices):
    """Who a message comes from; an event is told by the house itself."""

    BUYER = "buyer", _("Buyer")
    EXPORTER = "exporter", _("Exporter")
    OFFICER = "officer", _("Agency")
    EVENT = "event", _("Event")


class Via(models.TextChoices):
    WEB = "web", _("Web")
    MAIL = "mail", _("Mail")


class Event(models.TextChoices):
    """What happened in a thread besides messages; the sentences stand in `selectors/threads.py`."""

    DECLINED = "declined", _("Declined")
    CLOSED = "closed", _("Closed by the agency")
    HELP_ASKED = "help_asked", _("Help asked for")
    REPORTED = "reported", _("Reported")
    DISPUTED = "disputed", _("Dispute")
    READING_ENDED = "reading_ended", _("The agency no longer reads")
    QUOTED = "quoted", _("Quotation sent")
    COUNTERED = "countered", _("Quotation countered")
    SETTLED = "settled", _("Quotation settled")
    DEAL = "deal", _("Deal")
    SAMPLE = "sample", _("Sample")


class DeclineReason(models.TextChoices):
    CAPACITY = "capacity", _("We cannot make this quantity in time")
    PRICE = "price", _("We cannot meet the price")
    MARKET = "market", _("We do not sell to this market")
    CERTIFICATE = "certificate", _("We do not hold the certificate asked for")
    NOT_OURS = "not_ours", _("This is not our product")
    OTHER = "other", _("Another reason")


class AccessCause(models.TextChoices):
    """Why officers may read a thread."""

    HELP = "help", _("A party asked for help")
    REPORT = "report", _("A party reported the other")
    DISPUTE = "dispute", _("The parties disagree about a deal")


class QuotationState(models.TextChoices):
    """`sent` and `countered` are open: the buyer can accept the current version. The last four are final."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Quotation sent")
    COUNTERED = "countered", _("Countered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class LineKind(models.TextChoices):
    """What a line of a quotation is for. A discount is the one that lowers the total."""

    GOODS = "goods", _("Goods")
    SAMPLE = "sample", _("Sample")
    FREIGHT = "freight", _("Freight")
    INSURANCE = "insurance", _("Insurance")
    CHARGE = "charge", _("Other charge")
    DISCOUNT = "discount", _("Discount")


class OutcomeKind(models.TextChoices):
    """How a quotation ended. There is one outcome of each, and it is final."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class Door(models.TextChoices):
    """How somebody came to answer a quotation."""

    ACCOUNT = "account", _("Signed in, or by the mailed link of the thread")
    LINK = "link", _("By the shared link")
    CLOCK = "clock", _("By itself")


class DealStage(models.TextChoices):
    """How far an agreed quotation has come. `called_off` no longer counts."""

    AGREED = "agreed", _("Agreed")
    SHIPPED = "shipped", _("Shipped")
    RECEIVED = "received", _("Received")
    CONFIRMED = "confirmed", _("Confirmed")
    CALLED_OFF = "called_off", _("Called off")


class ValueLevel(models.TextChoices):
    """Who stands behind a deal's value, the weakest first."""

    DECLARED = "declared", _("Declared")
    CONFIRMED = "confirmed", _("Confirmed by the buyer")
    DOCUMENTED = "documented", _("Documented")


class HelpMattered(models.TextChoices):
    """What the buyer says of the agency's help."""

    YES = "yes", _("Yes, without it there would be no deal")
    PARTLY = "partly", _("It helped")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")


class SampleState(models.TextChoices):
    """`requested`, `sent` and `received` are open; the others are final."""

    REQUESTED = "requested", _("Asked for")
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Arrived")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not approved")
    DECLINED = "declined", _("Not sent")
    CANCELLED = "cancelled", _("Cancelled")


class Payer(models.TextChoices):
    """Who pays for a sample and its courier."""

    BUYER = "buyer", _("The buyer")
    EXPORTER = "exporter", _("The exporter")
    SHARED = "shared", _("The exporter the sample, the buyer the courier")


class ConfirmedVia(models.TextChoices):
    """How the buyer's confirmation came. What came by a link that the exporter handed on is the exporter's word, not the buyer's."""

    ACCOUNT = "account", _("In the thread")
    MAILED = "mailed", _("By the mailed link")
    HANDED = "handed", _("By a link that the exporter handed on")


class RequestState(models.TextChoices):
    """Where a request for quotation is. `waiting` is a sourcing request that an officer has not decided yet."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    WAITING = "waiting", _("With the agency")
    OPEN = "open", _("Open")
    REJECTED = "rejected", _("Rejected")
    CLOSED = "closed", _("Closed by the buyer")
    EXPIRED = "expired", _("Ended")


class MatchState(models.TextChoices):
    """What an exporter did with a sourcing request that they were asked to answer."""

    INVITED = "invited", _("Asked")
    ANSWERING = "answering", _("Answers")
    DECLINED = "declined", _("Declined")
