"""Gathers what the rules of fit ask for, and lets them judge."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from certifications.choices import CertificateState, CheckResult
from certifications.models import Accreditation, Certificate, CertificateQuerySet
from certifications.registry import list_product_facts
from certifications.rules.fit import Claim, CompanyFacts, IssuerFacts, RegisterFacts, Surroundings, list_ticks
from certifications.rules.scope import ScopeFacts
from certifications.rules.ticks import Tick
from certifications.selectors.issuers import find_issuer

SENT_STATES = (CertificateState.SUBMITTED, CertificateState.VERIFIED, CertificateState.REVOKED)


def judge_certificate(*, certificate: Certificate, day: date) -> tuple[Tick, ...]:
    """The nine ticks of a certificate on a day; a fixed number of queries but for its products."""
    around = Surroundings(
        company=_read_company(certificate),
        issuer=_read_issuer(certificate, day),
        products=tuple(list_product_facts(certificate_id=certificate.pk)),
        register=_read_register(certificate),
        same_number=_list_names(_find_same_number(certificate)),
        same_file=_list_names(_find_same_file(certificate)),
    )
    return list_ticks(_read_claim(certificate), around, day=day)


def get_scope(*, certificate: Certificate) -> ScopeFacts:
    """What a certificate covers, as `rules.scope` reads it."""
    return ScopeFacts(
        hs_prefixes=tuple(certificate.hs_prefixes),
        words=tuple(certificate.words),
        covers_company=certificate.scheme.covers_company,
    )


def _read_claim(certificate: Certificate) -> Claim:
    scheme = certificate.scheme
    members = certificate.group_members.values_list("name", flat=True) if certificate.is_group else ()
    return Claim(
        holder=certificate.holder,
        address=certificate.holder_address,
        issuer_name=certificate.issuer_name,
        number=certificate.number,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        scope=get_scope(certificate=certificate),
        number_pattern=scheme.number_pattern,
        scheme_code=scheme.code,
        usual_months=scheme.usual_months,
        is_group=certificate.is_group,
        members=tuple(members),
    )


def _read_company(certificate: Certificate) -> CompanyFacts:
    """Its names are the legal one and the holders that officers have accepted on its other certificates; a group's is not its own."""
    company = certificate.company
    accepted = Certificate.objects.filter(company=company, state=CertificateState.VERIFIED, is_group=False)
    aliases = accepted.exclude(pk=certificate.pk).values_list("holder", flat=True)
    places = [company.city, company.region]
    for site in company.sites.all():
        places += [site.city, site.region]
    return CompanyFacts(
        names=(company.legal_name, *aliases), places=tuple(dict.fromkeys(place for place in places if place))
    )


def _read_issuer(certificate: Certificate, day: date) -> IssuerFacts:
    issuer = certificate.issuer or find_issuer(name=certificate.issuer_name)
    if issuer is None:
        return IssuerFacts()
    rows = list(Accreditation.objects.filter(issuer=issuer, scheme=certificate.scheme))
    holding = next((row for row in rows if row.holds_on(day)), None)
    if holding:
        return IssuerFacts(issuer.name, holding.accreditor)
    ended = max((row.valid_until for row in rows if row.valid_until and row.valid_until < day), default=None)
    return IssuerFacts(issuer.name, ended_on=ended)


def _read_register(certificate: Certificate) -> RegisterFacts | None:
    """The newest word that somebody found for this version of the certificate; silence is no word."""
    found = certificate.checks.filter(edit_count=certificate.edit_count).exclude(result=CheckResult.UNREACHABLE).first()
    return RegisterFacts(found.result, timezone.localtime(found.checked_at).date()) if found else None


def _find_same_number(certificate: Certificate) -> Iterable[Certificate]:
    if not certificate.number_key:
        return []
    others = Certificate.objects.filter(scheme=certificate.scheme, number_key=certificate.number_key)
    if certificate.is_group:  # its members share one number
        others = others.filter(is_group=False)
    return _of_others(certificate, others)


def _find_same_file(certificate: Certificate) -> Iterable[Certificate]:
    hashes = certificate.files.values_list("upload__sha256", flat=True)
    others = Certificate.objects.filter(files__upload__sha256__in=list(hashes))
    return [] if certificate.is_group else _of_others(certificate, others.filter(is_group=False))


def _of_others(certificate: Certificate, rows: CertificateQuerySet) -> CertificateQuerySet:
    return rows.filter(state__in=SENT_STATES).exclude(company=certificate.company).select_related("company")


def _list_names(certificates: Iterable[Certificate]) -> tuple[str, ...]:
    return tuple(sorted({certificate.company.legal_name for certificate in certificates}))
