"""Records of people: officers read, administrators change; a password is never seen or set here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.models import BuyerProfile, User
from accounts.services.officers import close_account, invite_officer, reopen_account
from core.admin import RecordAdmin
from core.admin_actions import act_on_each

RIGHTS = ["is_staff", "is_superuser"]


class OfficerForm(forms.ModelForm[User]):
    """A new officer; the link to set a password is mailed."""

    class Meta:
        model = User
        fields = ["email", "full_name"]
        help_texts = {"email": gettext_lazy("The new officer gets a mail with a link to set a password.")}

    def clean_email(self) -> str:
        """Addresses are kept in lower case; that makes a second account of one address impossible."""
        return str(self.cleaned_data["email"]).lower()


@admin.register(User)
class PersonAdmin(RecordAdmin):
    list_display = [
        "email",
        "full_name",
        "purpose",
        "is_staff",
        "is_superuser",
        "is_active",
        "date_joined",
        "last_login",
    ]
    list_filter = ["is_staff", "is_superuser", "is_active", "purpose", "language"]
    search_fields = ["email", "full_name"]
    fields = ["email", "full_name", "purpose", "language", "is_active", *RIGHTS, "date_joined", "last_login"]
    actions = ["close", "reopen"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request) and request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Whoever is added here is an officer: an address and a name are enough."""
        return self.fields if obj else ["email", "full_name"]

    def get_form(
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,
        **options: Any,
    ) -> type[forms.ModelForm[Any]]:
        return super().get_form(request, obj, change, **({} if obj else {"form": OfficerForm}), **options)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Addresses change by a mailed confirmation only; nobody takes away their own rights."""
        if obj is None:
            return []
        return ["email", "date_joined", "last_login", "is_active", *(RIGHTS if obj.pk == request.user.pk else [])]

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm[Any], change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        officer = invite_officer(
            email=form.cleaned_data["email"],
            full_name=form.cleaned_data["full_name"],
            administrator=_administrator(request),
        )
        obj.__dict__.update(officer.__dict__)

    @admin.action(description=gettext_lazy("Close: no sign-in, every session ends"), permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        act_on_each(request, chosen, lambda person: close_account(person=person, administrator=_administrator(request)))

    @admin.action(description=gettext_lazy("Reopen: let in again"), permissions=["change"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        act_on_each(
            request, chosen, lambda person: reopen_account(person=person, administrator=_administrator(request))
        )


def _administrator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin lets nobody else in
    return request.user


@admin.register(BuyerProfile)
class BuyerProfileAdmin(RecordAdmin):
    list_display = ["organisation", "user", "country", "city", "tax_id"]
    list_filter = ["country"]
    search_fields = ["organisation", "user__email", "tax_id"]
    list_select_related = ["user"]
