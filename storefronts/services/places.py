"""Sites and contact channels are written; buyers see them at once, for no officer checks them."""

from collections.abc import Sequence

from accounts.models import User
from core import audit
from storefronts.exceptions import ChannelRefused, UnknownFact
from storefronts.models import Company, ContactChannel, Site
from storefronts.rules import ChannelDraft, SiteDraft, clean_channel


def write_sites(*, company: Company, sites: Sequence[SiteDraft], actor: User) -> bool:
    """Make a locked company's sites these and no others; whether anything changed. Raises UnknownFact for another company's site."""
    held = {site.pk: site for site in company.sites.all()}
    if any(draft.id is not None and draft.id not in held for draft in sites):
        raise UnknownFact(field="sites")
    kept = [_write_site(company, held, draft) for draft in sites]
    gone = set(held) - {draft.id for draft in sites}
    Site.objects.filter(pk__in=gone).delete()
    changed = any(kept) or bool(gone)
    if changed:
        audit.record("storefronts.sites_changed", subject=company, actor=actor, fields=["sites"])
    return changed


def _write_site(company: Company, held: dict[int, Site], draft: SiteDraft) -> bool:
    site = held[draft.id] if draft.id is not None else Site(company=company)
    before = (site.pk, site.name, site.kind, site.city, site.region, site.country)
    after = (site.pk, draft.name, draft.kind, draft.city, draft.region, draft.country)
    if before == after:
        return False
    site.name, site.kind, site.city, site.region, site.country = after[1:]
    site.save()
    return True


def write_channels(*, company: Company, channels: Sequence[ChannelDraft], actor: User) -> bool:
    """Keep one contact per kind of a locked company; an empty value takes it away. Raises ChannelRefused naming the kind."""
    changed = []
    for draft in channels:
        value = clean_channel(draft.kind, draft.value) if draft.value.strip() else ""
        if value is None:
            raise ChannelRefused(field=draft.kind)
        if _write_channel(company, draft.kind, value, shown=draft.is_shown):
            changed.append(draft.kind)
    if changed:
        audit.record("storefronts.contacts_changed", subject=company, actor=actor, fields=changed)
    return bool(changed)


def _write_channel(company: Company, kind: str, value: str, *, shown: bool) -> bool:
    held = ContactChannel.objects.filter(company=company, kind=kind)
    if not value:
        return bool(held.delete()[0])
    if held.filter(value=value, is_shown=shown).exists():
        return False
    ContactChannel.objects.update_or_create(company=company, kind=kind, defaults={"value": value, "is_shown": shown})
    return True
