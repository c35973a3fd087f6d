"""x."""

from django.utils import timezone

from shipping.models import CarrierAccount


def pause_account(*, account_id: int, because: str) -> None:
    """x."""
    CarrierAccount.objects.filter(pk=account_id).update(
        state="paused", paused_at=timezone.now(), paused_because=because
    )
