"""Why an exporter was matched, as codes with values: the sentences stand in `selectors/match_words.py`, in each reader's language."""

from typing import Any

from inquiries.rules.matching import (
    CERTIFICATES,
    LANGUAGES,
    LEAD_TIME,
    MANY_CERTIFICATES,
    MARKETS,
    ONLY_ENGLISH,
    PRICE,
    PRODUCT,
    REPLIES,
    SAME_CATEGORY,
    SAME_CODE,
    SAME_HEADING,
    Call,
    Standing,
    measure_languages,
    measure_markets,
    measure_replies,
)

Reason = list[Any]
"""A code and its values, of which `points` and `most` say what it added; as JSON keeps it."""

CLOSENESS = {SAME_CODE: "hs_same", SAME_HEADING: "hs_heading", SAME_CATEGORY: "category"}


def list_reasons(call: Call, standing: Standing, *, asked_schemes: int) -> list[Reason]:
    """Every part in one order; a part of several lines is told once, with how many of them."""
    return [
        *_tell_products(call, standing),
        _tell_capacity(standing),
        *([_tell("certificates_held", number=asked_schemes)] if asked_schemes else []),
        *_tell_price(call, standing),
        _tell_lead(call, standing),
        _tell_replies(standing),
        _tell_language(call, standing),
        _tell_market(call, standing),
        _tell_certificates(call, standing),
    ]


def _tell(code: str, *, points: float = 0, most: int = 0, **values: Any) -> Reason:
    return [code, {"points": round(points), "most": most, **values}]


def _tell_products(call: Call, standing: Standing) -> list[Reason]:
    """One reason for each line that is served, and one for those that are not."""
    share = PRODUCT / len(call.needs)
    told = [
        _tell(
            CLOSENESS.get(fit.closeness, "hs_chapter"), points=share * fit.closeness, most=round(share), line=fit.need.position,
            hs=fit.offer.hs_code, listing=fit.offer.listing_id,
        )
        for fit in standing.fits
    ]  # fmt: skip
    missing = len(call.needs) - len(standing.fits)
    return [*told, *([_tell("lines_missing", number=missing, all=len(call.needs))] if missing else [])]


def _tell_capacity(standing: Standing) -> Reason:
    known = all(fit.capacity == "fits" for fit in standing.fits)
    return _tell("capacity_fits" if known else "capacity_unknown")


def _tell_price(call: Call, standing: Standing) -> list[Reason]:
    """Nothing where the buyer named no target: then the price is no reason for anybody."""
    targets = sum(need.target_price is not None for need in call.needs)
    if not targets:
        return []
    known = [fit.price for fit in standing.fits if fit.price is not None]
    if not known:
        return [_tell("price_unknown", most=PRICE)]
    points, met = PRICE * sum(known) / len(call.needs), sum(share == 1 for share in known)
    code = "price_met" if met == targets else "price_near" if points else "price_above"
    return [_tell(code, points=points, most=PRICE, met=met, all=targets)]


def _tell_lead(call: Call, standing: Standing) -> Reason:
    days = [fit.offer.lead_time_days for fit in standing.fits if fit.offer.lead_time_days is not None]
    if not days:
        return _tell("lead_unknown", most=LEAD_TIME)
    points = LEAD_TIME * sum(fit.lead or 0 for fit in standing.fits) / len(call.needs)
    return _tell("lead", points=points, most=LEAD_TIME, days=max(days))


def _tell_replies(standing: Standing) -> Reason:
    share = measure_replies(standing.firm)
    if share is None:
        return _tell("replies_unknown", most=REPLIES)
    return _tell("replies", points=REPLIES * share, most=REPLIES, minutes=standing.firm.reply_minutes)


def _tell_language(call: Call, standing: Standing) -> Reason:
    share = measure_languages(standing.firm, call)
    if share is None:
        return _tell("language_unknown", most=LANGUAGES)
    code = "language_same" if share == 1 else "language_english" if share == ONLY_ENGLISH else "language_other"
    return _tell(code, points=LANGUAGES * share, most=LANGUAGES, language=call.language)


def _tell_market(call: Call, standing: Standing) -> Reason:
    share = measure_markets(standing.firm, call)
    if share is None:
        return _tell("market_unknown", most=MARKETS, country=call.destination)
    code = "market_same" if share == 1 else "market_near"
    return _tell(code, points=MARKETS * share, most=MARKETS, country=call.destination)


def _tell_certificates(call: Call, standing: Standing) -> Reason:
    number = max((fit.certificates for fit in standing.fits), default=0)
    shares = (min(1.0, fit.certificates / MANY_CERTIFICATES) for fit in standing.fits)
    points = CERTIFICATES * sum(shares) / len(call.needs)
    return _tell(
        "certificates_more" if number else "certificates_none", points=points, most=CERTIFICATES, number=number
    )
