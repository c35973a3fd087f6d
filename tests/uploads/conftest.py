"""People who send pictures, and the profile that they send them under."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core import jobs
from tests.uploads.pictures import PROFILE, Receive
from uploads import registry
from uploads.models import Upload
from uploads.registry import Profile, register_profile
from uploads.services import receive_upload


@pytest.fixture(autouse=True)
def profile(monkeypatch) -> Profile:
    """A profile of the tests' own: besides the sender, her colleague may read."""
    monkeypatch.setattr(registry, "_profiles", dict(registry._profiles))
    made = Profile(PROFILE, may_read=lambda user, upload: str(user) == "colleague@example.org")
    register_profile(made)
    return made


@pytest.fixture
def sender(db) -> User:
    return User.objects.create_user("ama@example.org", "secret")


@pytest.fixture
def stranger(db) -> User:
    return User.objects.create_user("stranger@example.org", "secret")


@pytest.fixture
def colleague(db) -> User:
    return User.objects.create_user("colleague@example.org", "secret")


@pytest.fixture
def receive(sender) -> Receive:
    def receive(content: bytes, name: str = "cocoa.jpg") -> Upload:
        return receive_upload(file=SimpleUploadedFile(name, content), profile=PROFILE, user=sender)

    return receive


@pytest.fixture
def make(receive) -> Receive:
    """Send a picture and let the workers finish."""

    def make(content: bytes, name: str = "cocoa.jpg") -> Upload:
        upload: Upload = receive(content, name)
        jobs.run_due_jobs()
        upload.refresh_from_db()
        return upload

    return make
