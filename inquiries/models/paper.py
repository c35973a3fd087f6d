"""Which papers of a product an exporter shows to one buyer."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from inquiries.models.thread import Inquiry


class SharedPaper(models.Model):
    """A paper of the product asked about that this thread's buyer may read, though others may not."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="shared_papers")
    upload = models.ForeignKey("uploads.Upload", on_delete=models.CASCADE, related_name="+")
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shared_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["shared_at"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "upload"], name="a_paper_is_shared_once")]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.upload_id}"
