"""Certificate fit: nine questions about a certificate, each answered pass, fail or unknown with a sentence."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum import ean

from certifications.rules.drafts import find_date_fault
from certifications.rules.names import compare_names, list_scripts, split_name
from certifications.rules.scope import ProductFacts, ScopeFacts, judge_product
from certifications.rules.ticks import OFFICER_ONLY, Tick
from core.errors import gettext_noop

REGISTER_FRESH = timedelta(days=365)
LONG_TERM = 1.5
DAYS_A_MONTH = 30.44
LONGEST_NUMBER = 60
HAVE_CHECK_DIGIT = frozenset({"globalgap-ifa"})
"""Schemes whose number is a GS1 number with its check digit: the GGN is a Global Location Number."""
UNBOUNDED = re.compile(r"[+*]|\{\d*,\}")
REPEATED_GROUP = re.compile(r"\)(?:[+*]|\{)")
"""Repeated groups take exponential time on a number that does not fit, and several open repetitions a long one."""
MOST_UNBOUNDED = 3

HOLDER_PASS = gettext_noop("The holder is %(company)s.")
HOLDER_MEMBER = gettext_noop("%(company)s is named as a member of the group.")
HOLDER_UNKNOWN = gettext_noop("“%(holder)s” may be %(company)s, or another firm. Look at the document.")
HOLDER_FAIL = gettext_noop("The holder is “%(holder)s”, not %(company)s.")
MEMBERS_FAIL = gettext_noop("%(company)s is not in the group’s list of members.")
SITE_PASS = gettext_noop("The address names %(place)s, where the company has a site.")
SITE_FAIL = gettext_noop("The address (“%(address)s”) names none of the company’s places: %(places)s.")
SITE_NONE = gettext_noop("The document prints no address.")
SITE_NO_PLACES = gettext_noop("We know no place of the company to compare.")
SITE_SCRIPT = gettext_noop("The address is printed in another script. Compare it by eye.")
SCOPE_NONE = gettext_noop("The company has named no product that it should cover.")
SCOPE_PASS = gettext_noop("It covers every product that the company put under it.")
SCOPE_FAIL = gettext_noop("It does not cover “%(title)s”: %(reason)s")
SCOPE_UNKNOWN = gettext_noop("Whether it covers “%(title)s” is unclear: %(reason)s")
DATES_PASS = gettext_noop("It is valid today.")
DATES_REVERSED = gettext_noop("The last day lies before the first.")
DATES_NOT_YET = gettext_noop("It begins on %(day)s.")
DATES_ENDED = gettext_noop("It ended on %(day)s.")
DATES_MISSING = gettext_noop("A date is missing.")
DATES_LONG = gettext_noop("Its term is longer than is usual for this scheme (%(months)s months).")
ISSUER_PASS = gettext_noop("%(issuer)s is accredited for this scheme by %(accreditor)s.")
ISSUER_ENDED = gettext_noop("The accreditation of %(issuer)s for this scheme ended on %(day)s.")
ISSUER_NO_ROW = gettext_noop("We have no record that %(issuer)s may certify by this scheme.")
ISSUER_STRANGER = gettext_noop("“%(issuer)s” is not among the certification bodies that we know.")
NUMBER_PASS = gettext_noop("The number has the form that this scheme uses.")
NUMBER_FAIL = gettext_noop("The number has not the form that this scheme uses.")
NUMBER_UNKNOWN = gettext_noop("No form of the number is published for this scheme.")
REGISTER_PASS = gettext_noop("Confirmed on %(day)s.")
REGISTER_DIFFERENT = gettext_noop("On %(day)s something there differed.")
REGISTER_NOT_FOUND = gettext_noop("On %(day)s it was not found there.")
REGISTER_OLD = gettext_noop("Last confirmed on %(day)s, more than a year ago.")
REGISTER_NONE = gettext_noop("Nobody has looked beyond the document yet.")
REUSE_PASS = gettext_noop("No other company has sent this number.")
REUSE_FAIL = gettext_noop("Another company has sent the same number: %(companies)s.")
FILE_PASS = gettext_noop("No other company has sent this file.")
FILE_FAIL = gettext_noop("Another company has sent the same file: %(companies)s.")


@dataclass(frozen=True)
class CompanyFacts:
    """What we know of the company: names (legal name first, then aliases) and the places where it works."""

    names: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class IssuerFacts:
    """What we know of the issuer: "" when it is a stranger to us; who accredits it, and until when if that has ended."""

    name: str = ""
    accreditor: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class RegisterFacts:
    """The newest word from beyond the document: a value of `CheckResult`, and its day."""

    result: str
    day: date


@dataclass(frozen=True)
class Claim:
    """A certificate as it was typed, and what the scheme says of such certificates."""

    holder: str
    address: str
    issuer_name: str
    number: str
    valid_from: date | None
    valid_until: date | None
    scope: ScopeFacts
    number_pattern: str = ""
    scheme_code: str = ""
    usual_months: int | None = None
    is_group: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """All that is not printed on it. `products`: (title, facts); companies that sent the same number, or file, before."""

    company: CompanyFacts
    issuer: IssuerFacts
    products: tuple[tuple[str, ProductFacts], ...] = ()
    register: RegisterFacts | None = None
    same_number: tuple[str, ...] = ()
    same_file: tuple[str, ...] = ()


def list_ticks(claim: Claim, around: Surroundings, *, day: date) -> tuple[Tick, ...]:
    """The nine answers, in the order of TICK_LABELS."""
    return (
        judge_holder(claim, around.company),
        judge_site(claim, around.company),
        judge_scope(claim, around.products),
        judge_dates(claim, day),
        judge_issuer(claim, around.issuer),
        judge_number(claim),
        judge_register(around.register, day),
        _judge_reuse("number_reuse", around.same_number, REUSE_PASS, REUSE_FAIL),
        _judge_reuse("file_reuse", around.same_file, FILE_PASS, FILE_FAIL),
    )


def judge_holder(claim: Claim, company: CompanyFacts) -> Tick:
    """The company itself, or one of the members that a group certificate lists."""
    values = {"holder": claim.holder, "company": company.names[0]}
    verdict = compare_names(claim.holder, company.names)
    if verdict == "pass":
        return Tick("holder", "pass", HOLDER_PASS, values)
    of_members = {compare_names(name, company.names): name for name in claim.members if claim.is_group}
    if "pass" in of_members:
        return Tick("holder", "pass", HOLDER_MEMBER, values)
    if verdict == "unknown" or "unknown" in of_members:
        doubtful = of_members.get("unknown", claim.holder)
        return Tick("holder", "unknown", HOLDER_UNKNOWN, values | {"holder": doubtful})
    return Tick("holder", "fail", MEMBERS_FAIL if of_members else HOLDER_FAIL, values)


def judge_site(claim: Claim, company: CompanyFacts) -> Tick:
    """The printed address names a town or a site of the company."""
    printed = split_name(claim.address)
    if not printed:
        return Tick("site", "unknown", SITE_NONE)
    places = {place: split_name(place) for place in company.places if split_name(place)}
    if not places:
        return Tick("site", "unknown", SITE_NO_PLACES)
    for place, words in places.items():
        if any(printed[start : start + len(words)] == words for start in range(len(printed))):
            return Tick("site", "pass", SITE_PASS, {"place": place})
    if not list_scripts("".join(printed)) & list_scripts("".join(places)):
        return Tick("site", "unknown", SITE_SCRIPT)
    return Tick("site", "fail", SITE_FAIL, {"address": claim.address, "places": ", ".join(places)})


def judge_scope(claim: Claim, products: tuple[tuple[str, ProductFacts], ...]) -> Tick:
    """Every product that the company put under it is covered; the worst answer counts."""
    if not products:
        return Tick("scope", "unknown", SCOPE_NONE)
    judged = [(title, judge_product(claim.scope, facts)) for title, facts in products]
    for result, sentence in (("fail", SCOPE_FAIL), ("unknown", SCOPE_UNKNOWN)):
        for title, tick in judged:
            if tick.result == result:
                values = {"title": title, "reason": {"sentence": tick.sentence, "values": tick.values}}
                return Tick("scope", tick.result, sentence, values)
    return Tick("scope", "pass", SCOPE_PASS)


def judge_dates(claim: Claim, day: date) -> Tick:
    """Begun, not ended, and no longer than such certificates usually are."""
    if claim.valid_from is None or (claim.valid_until is None and claim.usual_months):
        return Tick("dates", "unknown", DATES_MISSING)
    fault = find_date_fault(valid_from=claim.valid_from, valid_until=claim.valid_until, day=day)
    if fault:
        sentence = {"reversed": DATES_REVERSED, "not_yet": DATES_NOT_YET, "ended": DATES_ENDED}[fault.name]
        return Tick("dates", "fail", sentence, {"day": fault.day.isoformat()})
    if claim.usual_months and claim.valid_until:
        longest = claim.usual_months * DAYS_A_MONTH * LONG_TERM
        if (claim.valid_until - claim.valid_from).days > longest:
            return Tick("dates", "unknown", DATES_LONG, {"months": claim.usual_months})
    return Tick("dates", "pass", DATES_PASS)


def judge_issuer(claim: Claim, issuer: IssuerFacts) -> Tick:
    """Accredited for the scheme today. A body that we do not know is no fault: nobody knows them all."""
    if not issuer.name:
        return Tick("issuer", "unknown", ISSUER_STRANGER, {"issuer": claim.issuer_name})
    if issuer.accreditor and issuer.ended_on is None:
        return Tick("issuer", "pass", ISSUER_PASS, {"issuer": issuer.name, "accreditor": issuer.accreditor})
    if issuer.ended_on is not None:
        return Tick("issuer", "fail", ISSUER_ENDED, {"issuer": issuer.name, "day": issuer.ended_on.isoformat()})
    return Tick("issuer", "unknown", ISSUER_NO_ROW, {"issuer": issuer.name})


def judge_number(claim: Claim) -> Tick:
    """The published form of the number, with or without blanks, and its check digit where it has one."""
    pattern = compile_pattern(claim.number_pattern)
    if pattern is None:
        return Tick("number", "unknown", NUMBER_UNKNOWN)
    number = re.sub("[‐‑‒–—−]", "-", unicodedata.normalize("NFKC", claim.number).strip())  # noqa: RUF001  as pasted
    tight = re.sub(r"\s", "", number)
    has_form = any(len(text) <= LONGEST_NUMBER and pattern.fullmatch(text) for text in (number, tight))
    is_checked = claim.scheme_code not in HAVE_CHECK_DIGIT or ean.is_valid(tight)
    if has_form and is_checked:
        return Tick("number", "pass", NUMBER_PASS)
    return Tick("number", "fail", NUMBER_FAIL)


def judge_register(found: RegisterFacts | None, day: date) -> Tick:
    """What somebody found beyond the document, for a year."""
    if found is None or found.result not in {"confirmed", "different", "not_found"}:
        return Tick("register", "unknown", REGISTER_NONE)
    values = {"day": found.day.isoformat()}
    if found.result != "confirmed":
        return Tick(
            "register", "fail", REGISTER_DIFFERENT if found.result == "different" else REGISTER_NOT_FOUND, values
        )
    if day - found.day > REGISTER_FRESH:
        return Tick("register", "unknown", REGISTER_OLD, values)
    return Tick("register", "pass", REGISTER_PASS, values)


def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """The scheme's pattern, or None where there is none, or the agency's is no pattern or could run for ever."""
    if not pattern or REPEATED_GROUP.search(pattern) or len(UNBOUNDED.findall(pattern)) > MOST_UNBOUNDED:
        return None
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error:
        return None


def _judge_reuse(name: str, companies: tuple[str, ...], passes: str, fails: str) -> Tick:
    if companies:
        values = {"companies": ", ".join(companies)}
        return Tick(name, "fail", fails, values, officer_only=name in OFFICER_ONLY)
    return Tick(name, "pass", passes, officer_only=name in OFFICER_ONLY)
