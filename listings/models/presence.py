"""Who has a product open in the editor."""

from django.conf import settings
from django.db import models


class EditorPresence(models.Model):
    """A member's window showed the product at that time. It tells colleagues, and locks nothing."""

    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "user"], name="one_presence_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.listing_id}"
