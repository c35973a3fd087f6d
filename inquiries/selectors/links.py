"""Links that open one thread, or one quotation, for a buyer without an account, and the signed address that takes a reply by mail.

A link is a bearer's token: whoever holds it reads and writes in that one thread, and nothing else. It is signed, not stored.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from email.utils import formataddr, parseaddr
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from core.errors import NotFound
from inquiries.exceptions import LinkExpired
from inquiries.models import Inquiry, Quotation
from inquiries.rules.messages import LINK_LASTS

SALT = "inquiries.link"
ID_LETTERS = 22
"""A UUID in base64 without its padding."""
ADDRESS_LASTS = timedelta(days=90)
SIGNATURE_BYTES = 10
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
QUOTATION_SALT = "inquiries.quotation"


def build_link(*, inquiry: Inquiry) -> str:
    """The whole address that opens the thread, good for thirty days."""
    token = signing.dumps(str(inquiry.pk), salt=SALT)
    offered = inquiry.buyer_language in dict(settings.LANGUAGES)
    with translation.override(inquiry.buyer_language if offered else settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('inquiries:open', args=[token])}"


def read_link(*, token: str) -> UUID:
    """The inquiry that a link leads to; raises NotFound for what we never signed and LinkExpired for what is too old."""
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=LINK_LASTS))
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def read_old_link(*, token: str) -> UUID:
    """The same for a link of any age: a new one may be mailed to the buyer, who alone can read it. Raises NotFound."""
    try:
        return UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def build_quotation_link(*, quotation: Quotation) -> str:
    """The whole address that opens one quotation for whoever holds it, in the buyer's language."""
    body = base64.urlsafe_b64encode(quotation.pk.bytes).decode().rstrip("=") + quotation.link_key
    token = signing.Signer(salt=QUOTATION_SALT).sign(body)
    language = quotation.inquiry.buyer_language
    offered = language in dict(settings.LANGUAGES)
    with translation.override(language if offered else settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('inquiries:shared_quotation', args=[token])}"


def read_quotation_link(*, token: str) -> tuple[UUID, str]:
    """The quotation that a shared link names, and the key that it was made with; raises NotFound for what we never signed."""
    try:
        body = signing.Signer(salt=QUOTATION_SALT).unsign(token)
        return UUID(bytes=base64.urlsafe_b64decode(body[:ID_LETTERS] + "==")), body[ID_LETTERS:]
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error


def build_reply_address(*, inquiry: Inquiry, user_id: int | None) -> str:
    """`Agency <reply+TOKEN@host>` for one party of one thread (None is the buyer); "" where no mailbox takes replies.

    The token is 16 bytes of id, 4 of the person, 2 of the day, 10 of signature, in base32: addresses know no case.
    """
    if not settings.REPLY_ADDRESS:
        return ""
    day = (timezone.now() - EPOCH).days
    body = inquiry.pk.bytes + (user_id or 0).to_bytes(4, "big") + day.to_bytes(2, "big")
    token = base64.b32encode(body + _sign(body)).decode().rstrip("=").lower()
    box, _, host = settings.REPLY_ADDRESS.rpartition("@")
    return formataddr((settings.BRAND_NAME, f"{box}+{token}@{host}"))


def read_reply_address(*, address: str) -> tuple[UUID, int | None]:
    """The inquiry and the person (None for the buyer) whom an address was made for; raises NotFound, or LinkExpired after ninety days."""
    box, _, host = parseaddr(address)[1].lower().rpartition("@")
    own_box, _, own_host = settings.REPLY_ADDRESS.lower().rpartition("@")
    name, _, token = box.partition("+")
    if not settings.REPLY_ADDRESS or (name, host) != (own_box, own_host):
        raise NotFound
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError as error:
        raise NotFound from error
    body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if len(body) != 22 or not hmac.compare_digest(signature, _sign(body)):
        raise NotFound
    if timezone.now() - EPOCH - timedelta(days=int.from_bytes(body[20:], "big")) > ADDRESS_LASTS:
        raise LinkExpired
    return UUID(bytes=body[:16]), int.from_bytes(body[16:20], "big") or None


def _sign(body: bytes) -> bytes:
    key = hashlib.sha256(b"inquiries.reply" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, body, hashlib.sha256).digest()[:SIGNATURE_BYTES]
