"""Record pages of the admin tell nobody what they may not see."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.mail import write_outbox


@pytest.mark.django_db
def test_an_officer_does_not_learn_which_mails_exist(client):
    client.force_login(User.objects.create_user("kofi@agency.example", "x", is_staff=True))
    mail = write_outbox(to="esi@example.org", subject="Hello", text="Hello")
    statuses = {
        client.get(reverse("admin:core_outboxmail_history", args=[pk])).status_code for pk in (mail.pk, 999_937)
    }
    assert statuses == {403}
