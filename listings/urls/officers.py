"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from listings.views import hs_codes, lint, silent_firms, words

urlpatterns = [
    path("catalogue/words/", admin.site.admin_view(words.search_words), name="search_words"),
    path("catalogue/rules/", admin.site.admin_view(lint.lint_rules), name="lint_rules"),
    path("catalogue/silent-firms/", admin.site.admin_view(silent_firms.silent_firms), name="silent_firms"),
    path(
        "catalogue/silent-firms/<int:company_id>/call/", admin.site.admin_view(silent_firms.log_call), name="price_call"
    ),
    path("catalogue/silent-firms.csv", admin.site.admin_view(silent_firms.download), name="silent_firms_csv"),
    path("catalogue/hs-code/<int:listing_id>/", admin.site.admin_view(hs_codes.lock), name="hs_lock"),
]
