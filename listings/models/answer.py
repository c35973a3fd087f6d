"""What an exporter says of a document that nobody here can see."""

from django.conf import settings
from django.db import models

from certifications.models import Requirement
from listings.models.listing import Listing


class RequirementAnswer(models.Model):
    """The company states that it has a document for a listing. It is shown as stated, and proves nothing."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="requirement_answers")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="answers")
    has_it = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "requirement"], name="one_answer_per_listing_and_requirement")
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.has_it}"
