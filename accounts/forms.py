"""Forms of accounts."""

from typing import Any

from django import forms
from django.http import HttpRequest


class SignupExtras(forms.Form):
    """What sign-up asks besides allauth's fields."""

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the person is saved."""
