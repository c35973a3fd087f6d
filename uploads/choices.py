"""Kinds, states and formats of a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")


class UploadState(models.TextChoices):
    SENT = "sent", _("Sent")
    PROCESSING = "processing", _("Processing")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class Format(models.TextChoices):
    WEBP = "webp", "WebP"
    AVIF = "avif", "AVIF"


class TextSource(models.TextChoices):
    """Where the words of a file come from."""

    NONE = "", _("No words")
    LAYER = "layer", _("Text of the document")
    OCR = "ocr", _("Read in the picture")
