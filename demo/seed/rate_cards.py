"""Rate cards of three lanes for the demo, so that every product has a price to two markets; the figures are invented and say so."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from demo.seed.scopes import Scope
from shipping.choices import OwnerKind, VersionState
from shipping.models import ShippingProfile, Tariff, TariffVersion
from shipping.services.cards import import_card, publish_version

FILES = Path(__file__).parent / "cards"
DAYS_BEFORE, DAYS_AFTER = 30, 335


def plant_rate_cards(*, officer: User) -> int:
    """Bring in and publish every card of the folder, through the services; how many."""
    today = timezone.localdate()
    days = {"first": today - timedelta(days=DAYS_BEFORE), "last": today + timedelta(days=DAYS_AFTER)}
    files = sorted(FILES.glob("*.csv"))
    for file in files:
        content = file.read_text().format(**days).encode()
        version = import_card(user=officer, content=content, file_name=file.name).version
        if version:
            publish_version(officer=officer, version_id=version.pk)
    return len(files)


def plant_card_of(scope: Scope) -> None:
    """A draft of the firm's own card, which officers look through, and its two shipping profiles."""
    source = scope.canary("ratecard", "administrator", "officer")
    tariff = Tariff.objects.create(
        code=f"matrix-{scope.name}", name=f"Card of {scope.name}", owner_kind=OwnerKind.COMPANY, company=scope.company, mode="air"
    )  # fmt: skip
    today = timezone.localdate()
    version = TariffVersion.objects.create(
        tariff=tariff, number=1, state=VersionState.DRAFT, valid_from=today, valid_until=today, currency="EUR", source=source,
        imported_by=scope.people["officer"],
    )  # fmt: skip
    scope.objects["rate_version"] = version.pk
    for name, key, is_default in (("profile", "shipping_profile", True), ("spareprofile", "spare_profile", False)):
        profile = ShippingProfile.objects.create(
            company=scope.company, name=scope.canary(name), is_default=is_default, country="GH", city="Ho", changed_at=timezone.now()
        )  # fmt: skip
        scope.objects[key] = profile.pk
