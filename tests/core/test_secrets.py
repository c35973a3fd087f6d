"""Encrypted texts: only with the keys in the folder, rotated without a loss, readable by the site's account alone."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from core.secrets import SecretUnreadable, decrypt, encrypt, encrypt_anew, make_field_key


def keys_of(settings):
    return sorted(Path(settings.CREDENTIAL_KEY_DIR).glob("field-*.key"))


def test_a_text_comes_back_and_does_not_show_in_what_is_kept(settings):
    sealed = encrypt("GH12 3456")
    assert ("GH12" in sealed, decrypt(sealed)) == (False, "GH12 3456")
    assert stat.S_IMODE(keys_of(settings)[0].stat().st_mode) == 0o600


def test_the_same_text_is_sealed_differently_each_time():
    assert encrypt("x") != encrypt("x")


def test_old_texts_are_read_under_a_new_key_and_sealed_anew():
    old = encrypt("secret")
    make_field_key()
    assert decrypt(old) == "secret"
    assert decrypt(encrypt_anew(old)) == "secret"


def test_without_the_key_nothing_is_read(settings):
    sealed = encrypt("secret")
    make_field_key()
    keys_of(settings)[0].unlink()
    for act in (decrypt, encrypt_anew):
        with pytest.raises(SecretUnreadable):
            act(sealed)


def test_a_changed_text_is_not_read():
    sealed = encrypt("secret")
    with pytest.raises(SecretUnreadable):
        decrypt(sealed[:-4] + "AAAA")


@pytest.mark.django_db
def test_the_command_makes_a_key_and_says_how_many_rows_it_sealed_anew(settings):
    encrypt("x")
    out = StringIO()
    call_command("rotate_field_key", stdout=out)
    assert "payment details: 0 encrypted anew." in out.getvalue()
    assert len(keys_of(settings)) == 2
