"""allauth's forms in our words: a label above every field, no placeholders, a password typed once."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

EMAIL_LABEL = _("Email address")
NEW_PASSWORD = _("At least 8 characters, not a common password. A few plain words in a row are good.")
CODE = {"inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


class Plain(Form):
    """Takes what a design without placeholders does not want; `labels` and `hints` name the fields."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
        for name in {"login", "email"} & self.fields.keys():
            self.fields[name].label = EMAIL_LABEL
            self.fields[name].widget.attrs |= {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


class SignIn(Plain, account.LoginForm):
    labels = {"password": _("Password"), "remember": _("Keep me signed in on this device")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["remember"].initial = True


class SignUp(Plain, account.SignupForm):
    hints = {"password1": NEW_PASSWORD, "email": _("We send a link there to confirm it.")}

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """The person and all that was said of them, or nothing. A double submit looks as an address that is known."""
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[no-any-return]


class AskForCode(Plain, account.RequestLoginCodeForm):
    pass


class TypeCode(Plain, account.ConfirmLoginCodeForm):
    labels = {"code": _("Code")}


class AskForReset(Plain, account.ResetPasswordForm):
    pass


class ResetPassword(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    hints = {"password1": NEW_PASSWORD}
    left_out = ("password2",)


class ChangePassword(Plain, account.ChangePasswordForm):
    labels = {"oldpassword": _("Present password"), "password1": _("New password")}
    hints = {"password1": NEW_PASSWORD}
    left_out = ("password2",)


class SetPassword(Plain, account.SetPasswordForm):
    labels = {"password1": _("New password")}
    hints = {"password1": NEW_PASSWORD}
    left_out = ("password2",)


class AddAddress(Plain, account.AddEmailForm):
    hints = {"email": _("We send a link there to confirm it.")}


class ConfirmPassword(Plain, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class TypeAppCode(Plain, mfa.AuthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that your authenticator app shows now, or one of your recovery codes.")}


class ConfirmAppCode(Plain, mfa.ReauthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that your authenticator app shows now, or one of your recovery codes.")}


class ActivateApp(Plain, totp.ActivateTOTPForm):
    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that the app shows now.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE


class AddPasskey(Plain, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name of this passkey"), "passwordless": _("Sign in with it without a password")}
    hints = {
        "name": _("So that you know it again, for example “My phone”."),
        "passwordless": _(
            "It then asks for your fingerprint, your face or its PIN. Untick it for a simple security key."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskey(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of this passkey")}
