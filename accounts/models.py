"""People and the profile of a buyer."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.choices import Purpose


class UserQuerySet(models.QuerySet["User"]):
    def officers(self) -> Self:
        return self.filter(is_staff=True, is_active=True)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # the stubs cannot see a built class
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person; the address is the name they sign in with. `email` is kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user  # type: ignore[no-any-return]  # as above

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Officers are staff; administrators are staff and superusers."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    full_name = models.CharField(_("your name"), max_length=120, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.BUYER)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("officer"), default=False)
    date_joined = models.DateTimeField(db_default=Now())
    shortcuts_on = models.BooleanField(_("keyboard shortcuts"), default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        ordering = ["email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            models.CheckConstraint(condition=Q(is_superuser=False) | Q(is_staff=True), name="administrators_are_staff"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_officer(self) -> bool:
        return self.is_active and self.is_staff

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.is_superuser

    @property
    def short_name(self) -> str:
        """The first word of the name, for a greeting; "" when no name was given."""
        return self.full_name.split(" ")[0] if self.full_name else ""

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.short_name


class BuyerProfile(models.Model):
    """Who buys: asked once, filled into every inquiry."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="buyer_profile")
    organisation = models.CharField(_("organisation"), max_length=160)
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2)
    tax_id = models.CharField(_("tax number"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return self.organisation
