"""Form fields of this room: lists that people type with commas."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certifications.rules.prefixes import is_prefix

BETWEEN = re.compile(r"[,;\n،؛]+")


class ListField(forms.CharField):
    """Texts with commas between them; clean value a list of distinct texts in the order typed."""

    def __init__(self, *, most: int = 60, longest: int = 80, **options: Any) -> None:
        options.setdefault("required", False)
        self.most, self.longest = most, longest
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """A stored list is written with commas; typed text stays as typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The texts; a sentence when they are too many or too long."""
        texts = [" ".join(text.split()) for text in BETWEEN.split(super().clean(value))]
        found = list(dict.fromkeys(text for text in texts if text))
        if len(found) > self.most:
            raise ValidationError(_("Write at most %(most)s of them.") % {"most": self.most})
        if any(len(text) > self.longest for text in found):
            raise ValidationError(_("One of them is too long. Put commas between them."))
        return found


class PrefixesField(ListField):
    """HS codes, the beginnings of such, or ranges: 0409, 07-08, 0904-0910, 851712. Dots and blanks do not count."""

    def clean(self, value: Any) -> Any:
        """The prefixes without dots; a sentence that names the first one that is none."""
        found = [text.replace(".", "").replace(" ", "").replace("–", "-") for text in super().clean(value)]
        wrong = next((text for text in found if not is_prefix(text)), None)
        if wrong is not None:
            raise ValidationError(
                _("“%(text)s” is no HS code. Write 2 to 6 digits such as 0409, or a range such as 07-08 or 0904-0910.")
                % {"text": wrong}
            )
        return found


class LookupField(forms.CharField):
    """The address of one entry in a register, with {number} where its number goes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=300, **options)

    def clean(self, value: Any) -> Any:
        """The address; a sentence when it leads nowhere."""
        url = str(super().clean(value))
        if url and ("{number}" not in url or not url.startswith(("https://", "http://"))):
            raise ValidationError(_("Write an address that begins with https:// and holds {number}."))
        return url
