"""Registration of the accounts room: what the doctor looks at."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        # These need models, which cannot be imported before this point.
        import_string("core.doctor.register_check")(import_string("accounts.selectors.find_demo_people"))
