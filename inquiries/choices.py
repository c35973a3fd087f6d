"""States of an inquiry, who speaks in a thread, why an exporter declines, how a message came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InquiryState(models.TextChoices):
    """`unconfirmed` is seen by nobody but the buyer who follows the mailed link."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")


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
    HELP_ASKED = "help_asked", _("Help asked for")
    REPORTED = "reported", _("Reported")
    READING_ENDED = "reading_ended", _("The agency no longer reads")


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


class Origin(models.TextChoices):
    """How a thread began: a buyer asked, the exporter opened it for a buyer of their own, or it answers a sourcing request."""

    ASKED = "asked", _("The buyer asked")
    OWN_BUYER = "own_buyer", _("The exporter’s own buyer")
    REQUEST = "request", _("Answer to a sourcing request")


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
