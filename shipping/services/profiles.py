"""An exporter keeps its shipping profiles: where goods leave from, and what its own legs cost."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import NotAllowed
from shipping.exceptions import ProfileGone, ProfileNameTaken, TooManyProfiles
from shipping.models import ProfileCharge, ShippingProfile
from shipping.rules.profiles import Charge, ProfileFacts
from storefronts.models import Company, Member

MOST_PROFILES = 20
PLACE = ("name", "country", "city", "postcode", "locode", "handling_days", "insurance_percent")
PRICE = ("basis", "amount", "currency", "minimum")


@transaction.atomic
def save_profile(
    *, member: Member, facts: ProfileFacts, charges: Sequence[Charge], profile_id: int | None = None
) -> ShippingProfile:
    """Keep a profile with all its charges, a new one where no id is given; owners and editors may.

    The first profile of a firm becomes the usual one. A leg without a charge is not known; one that stays as it was keeps the day on
    which it was stated. Raises NotAllowed, ProfileGone, ProfileNameTaken, TooManyProfiles.
    """
    held = {profile.pk: profile for profile in _lock_profiles(member)}
    if profile_id is not None and profile_id not in held:
        raise ProfileGone
    if any(profile.name == facts.name and profile.pk != profile_id for profile in held.values()):
        raise ProfileNameTaken(name=facts.name)
    if profile_id is None and len(held) >= MOST_PROFILES:
        raise TooManyProfiles(number=MOST_PROFILES)
    profile = held[profile_id] if profile_id else ShippingProfile(company=member.company, is_default=not held)
    changed = [name for name in PLACE if getattr(profile, name) != getattr(facts, name)]
    for name in PLACE:
        setattr(profile, name, getattr(facts, name))
    profile.changed_at = timezone.now()
    profile.save()
    changed += _write_charges(profile, charges)
    if changed:
        action = "shipping.profile_changed" if profile_id else "shipping.profile_added"
        audit.record(action, subject=profile, actor=member.user, fields=changed)
    return profile


@transaction.atomic
def make_usual(*, member: Member, profile_id: int) -> ShippingProfile:
    """Let a profile be the one that is used unless another is chosen; owners and editors may. Raises NotAllowed, ProfileGone."""
    held = _lock_profiles(member)
    chosen = _pick(held, profile_id)
    if not chosen.is_default:
        _set_usual(held, chosen)
        audit.record("shipping.profile_made_usual", subject=chosen, actor=member.user, fields=["is_default"])
    return chosen


@transaction.atomic
def remove_profile(*, member: Member, profile_id: int) -> None:
    """Forget a profile; owners and editors may. Where it was the usual one, the first of the others by name takes its place.

    Raises NotAllowed, ProfileGone.
    """
    held = _lock_profiles(member)
    gone = _pick(held, profile_id)
    others = sorted((profile for profile in held if profile.pk != profile_id), key=lambda profile: profile.name)
    gone.delete()
    if gone.is_default and others:
        _set_usual(others, others[0])
    audit.record("shipping.profile_removed", subject=member.company, actor=member.user, fields=["shipping_profiles"])


def _lock_profiles(member: Member) -> list[ShippingProfile]:
    """The firm's profiles, the firm locked, so that two do not become the usual one at once."""
    if not member.can_edit:
        raise NotAllowed
    Company.objects.select_for_update().get(pk=member.company_id)
    return list(ShippingProfile.objects.filter(company=member.company_id))


def _pick(held: Sequence[ShippingProfile], profile_id: int) -> ShippingProfile:
    found = next((profile for profile in held if profile.pk == profile_id), None)
    if found is None:
        raise ProfileGone
    return found


def _set_usual(held: Sequence[ShippingProfile], chosen: ShippingProfile) -> None:
    """The others first: no two may be the usual one at any moment."""
    for profile in sorted(held, key=lambda one: one.pk == chosen.pk):
        if profile.is_default != (profile.pk == chosen.pk):
            profile.is_default = profile.pk == chosen.pk
            profile.save(update_fields=["is_default"])


def _write_charges(profile: ShippingProfile, charges: Sequence[Charge]) -> list[str]:
    """The legs whose charge is another one now."""
    held = {row.leg: row for row in profile.charges.all()}
    wanted = {charge.leg: charge for charge in charges}
    changed = [leg for leg in held.keys() | wanted.keys() if not _is_same(held.get(leg), wanted.get(leg))]
    profile.charges.filter(leg__in=changed).delete()
    today = timezone.localdate()
    ProfileCharge.objects.bulk_create(
        ProfileCharge(profile=profile, leg=leg, stated_on=today, **{name: getattr(wanted[leg], name) for name in PRICE})
        for leg in changed
        if leg in wanted
    )
    return sorted(changed)


def _is_same(row: ProfileCharge | None, charge: Charge | None) -> bool:
    if row is None or charge is None:
        return row is None and charge is None
    return all(getattr(row, name) == getattr(charge, name) for name in PRICE)
