"""Closed lists of rate cards and of carriers' answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnerKind(models.TextChoices):
    """Whose card it is: the agency's for everybody, a forwarder's for everybody, an exporter's for its own goods."""

    AGENCY = "agency", _("Agency")
    FORWARDER = "forwarder", _("Forwarder")
    COMPANY = "company", _("Exporter")


class CardMode(models.TextChoices):
    """How the goods go."""

    COURIER = "courier", _("Courier")
    AIR = "air", _("Air freight")
    LCL = "lcl", _("Sea, part of a container (LCL)")
    FCL = "fcl", _("Sea, whole container (FCL)")
    ROAD = "road", _("Road")
    POST = "post", _("Post")


class VersionState(models.TextChoices):
    """A draft prices nothing; a published version is never changed."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class ZoneSide(models.TextChoices):
    """What a zone is for: where goods come from, where they go, or where a surcharge is asked."""

    ORIGIN = "origin", _("From")
    DESTINATION = "destination", _("To")
    AREA = "area", _("Area of a surcharge")


class MemberKind(models.TextChoices):
    """What a zone holds; the first of the list is the most specific and wins."""

    POSTCODE = "postcode", _("Postcode")
    PREFIX = "prefix", _("Beginning of postcodes")
    RANGE = "range", _("Range of postcodes")
    LOCODE = "locode", _("UN/LOCODE")
    CITY = "city", _("Town")
    COUNTRY = "country", _("Country")
    GROUP = "group", _("Group of countries")
    WORLD = "world", _("World")


class PriceBasis(models.TextChoices):
    """What a price is for."""

    PER_KG = "per_kg", _("a kilogram")
    FLAT = "flat", _("the whole step")
    PER_WM = "per_wm", _("a tonne or cubic metre (W/M)")
    PER_CONTAINER = "per_container", _("a container")


class CompareBy(models.TextChoices):
    """Where weight is held against volume; left open, piece by piece where pieces are rounded."""

    OPEN = "", _("as pieces are rounded")
    PIECE = "piece", _("piece by piece")
    SHIPMENT = "shipment", _("for the shipment")


class RuleForm(models.TextChoices):
    """Where duty and tax rules come from."""

    TABLE = "csv", _("Table of an officer")
    UKGT = "ukgt", _("UK Global Tariff")
    HTS = "hts", _("US Harmonized Tariff Schedule")
    TARIC = "taric", _("EU TARIC")
    VAT = "vat", _("European VAT rates")
    PLANTED = "planted", _("Came with Lateen")


class RuleSetState(models.TextChoices):
    """Rules that wait count for nothing."""

    WAITING = "waiting", _("Waits for an officer")
    STANDING = "standing", _("In force")
    REFUSED = "refused", _("Refused")


class SaleKind(models.TextChoices):
    """To whom the goods are sold; left open, to both."""

    ANY = "", _("to anybody")
    CONSUMER = "b2c", _("to a consumer")
    BUSINESS = "b2b", _("to a business")


class WhyUnknown(models.TextChoices):
    """Why a duty is not known; an unknown duty is no zero."""

    KNOWN = "", _("known")
    UNREADABLE = "unreadable", _("The publisher’s words are no plain rate.")
    INCOMPLETE = "incomplete", _("Further duties come on top.")
    CONDITIONAL = "conditional", _("It depends on a condition.")
    AMBIGUOUS = "ambiguous", _("The file says two things.")
    NO_RULE = "no_rule", _("There is no rule for these goods.")
    DIFFERS = "differs", _("It differs between the national codes below the six digits.")
    TIED = "tied", _("Two rules are equally specific and say different things.")
    VALUE = "value", _("It depends on the value of the consignment, which is not known.")
    STATED = "stated", _("An officer has said that it is not known.")


class TaxKind(models.TextChoices):
    """What is asked at the border beside duty."""

    VAT = "vat", _("VAT")
    GST = "gst", _("GST")
    NONE = "none", _("No tax at the border")


class Carrier(models.TextChoices):
    """Carriers whose rates can be asked for. Names of firms are not translated."""

    MYDHL = "mydhl", "DHL Express"
    UPS = "ups", "UPS"
    FEDEX = "fedex", "FedEx"


class CarrierEnvironment(models.TextChoices):
    """Which of a carrier's two documented hosts an account asks."""

    SANDBOX = "sandbox", _("Test system of the carrier")
    PRODUCTION = "production", _("Live system of the carrier")


class CarrierFailure(models.TextChoices):
    """Why a carrier, or one of its services, gave no price."""

    NO_SERVICE = "no_service", _("No service between these places")
    UNPRICED = "unpriced", _("A service without a price")
    BAD_REQUEST = "bad_request", _("Details not accepted")
    UNAUTHORISED = "unauthorised", _("Account not accepted")
    RATE_LIMITED = "rate_limited", _("Asked too often")
    TIMEOUT = "timeout", _("No answer in time")
    CONNECT = "connect", _("Not reachable")
    TLS = "tls", _("Could not prove its identity")
    TOO_LARGE = "too_large", _("Answer too large")
    GARBAGE = "garbage", _("Answer not readable")
    SERVER = "server", _("Fault at the carrier")
    REDIRECT = "redirect", _("Sent us elsewhere")
    PRIVATE_REDIRECT = "private_redirect", _("Sent us to a private address")
    CURRENCY_UNKNOWN = "currency_unknown", _("Price in an unknown currency")
    RESTING = "resting", _("Left alone for a minute after several failures")
    BUSY = "busy", _("Too many questions at once")
    PAUSED = "paused", _("Account paused")


class AskProblem(models.TextChoices):
    """What keeps us from asking a carrier at all."""

    MISSING = "missing", _("Missing")
    TOO_MANY = "too_many", _("Too many")
    TOO_LARGE = "too_large", _("Too large")
    TOO_HEAVY = "too_heavy", _("Too heavy")
    DAY = "day", _("Day not possible")
    NOT_CARRIED = "not_carried", _("Only a forwarder can price this")


class AccountState(models.TextChoices):
    """Whether an account is asked. A paused one waits for its owner to mend the credentials."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused: the carrier does not accept it")
    OFF = "off", _("Switched off")


class Audience(models.TextChoices):
    """For whom a lookup was asked: buyers, or the exporter alone, whose own accounts it may ask."""

    BUYERS = "buyers", _("Buyers")
    COMPANY = "company", _("The exporter")


class LookupState(models.TextChoices):
    """Partial: offers came, and a provider did not answer. Failed: nothing came, and somebody failed. Expired: too old to be current."""

    RUNNING = "running", _("Running")
    PARTIAL = "partial", _("Partial")
    COMPLETE = "complete", _("Complete")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")


class ProviderKind(models.TextChoices):
    """Who makes an attempt."""

    CARDS = "cards", _("Rate cards")
    CARRIER = "carrier", _("Carrier")
    FORWARDER = "forwarder", _("Forwarder")


class AttemptState(models.TextChoices):
    """None: answered, and has no service. Skipped: was not asked."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Asked")
    OK = "ok", _("Answered")
    NONE = "none", _("No service")
    FAILED = "failed", _("Failed")
    TIMEOUT = "timeout", _("No answer in time")
    SKIPPED = "skipped", _("Not asked")


ENDED_ATTEMPTS = ("ok", "none", "failed", "timeout", "skipped")


class OfferStanding(models.TextChoices):
    """How sure a price is."""

    FIRM = "firm", _("Firm")
    ESTIMATE = "estimate", _("Estimate")


class ForwarderRequestState(models.TextChoices):
    """What became of a request by mail."""

    ASKED = "asked", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Cannot carry it")
    EXPIRED = "expired", _("Not answered in time")


class ProfileLeg(models.TextChoices):
    """The legs on the exporter's side of the border, which a shipping profile prices."""

    PICKUP = "pickup", _("Pickup at the exporter")
    EXPORT_CLEARANCE = "export_clearance", _("Export clearance")
    ORIGIN_TERMINAL = "origin_terminal", _("Terminal at origin, with loading")


class ChargeBasis(models.TextChoices):
    """What a charge is counted by."""

    SHIPMENT = "shipment", _("a shipment")
    KG = "kg", _("a kilogram")
    M3 = "m3", _("a cubic metre")


class DestinationKind(models.TextChoices):
    """Embargoed: nothing goes there. Reviewed: an officer looks before anything is priced."""

    EMBARGOED = "embargoed", _("Embargoed")
    REVIEWED = "reviewed", _("Looked at by an officer first")
