"""How a person wants each kind of notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.choices import Delivery
from notifications.selectors import Choice


class WishesForm(forms.Form):
    """Two fields a kind: when it is mailed, and whether it is shown on the site."""

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = choices
        for choice in choices:
            key = choice.kind.key
            self.fields[f"{key}-mail"] = forms.ChoiceField(
                label=_("Mail"),
                choices=Delivery.choices,
                initial=choice.mail,
                widget=forms.Select(attrs={"class": "input"}),
            )
            self.fields[f"{key}-site"] = forms.BooleanField(
                label=_("Show it on the site"), initial=choice.on_site, required=False
            )

    def list_groups(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The kind's name with its two fields."""
        return [(one.label, self[f"{one.kind.key}-mail"], self[f"{one.kind.key}-site"]) for one in self.kinds]

    def read_wishes(self) -> dict[str, tuple[str, bool]]:
        """Kind to (mail, on the site), as `save_wishes` takes them."""
        said = self.cleaned_data
        return {one.kind.key: (said[f"{one.kind.key}-mail"], said[f"{one.kind.key}-site"]) for one in self.kinds}
