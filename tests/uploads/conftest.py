"""Pictures made on the spot, honest and hostile, and a person who sends them."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from core import jobs
from uploads import registry
from uploads.models import Upload
from uploads.registry import Profile, register_profile
from uploads.services import receive_upload

PROFILE = "test_picture"
Receive = Callable[..., Upload]


@pytest.fixture(autouse=True)
def profile(monkeypatch) -> Profile:
    """A profile of the tests' own: besides the sender, readers with a purpose of "exporter" may read."""
    monkeypatch.setattr(registry, "_profiles", dict(registry._profiles))
    made = Profile(PROFILE, may_read=lambda user, upload: user.email == "colleague@example.org")
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
        upload = receive(content, name)
        jobs.run_due_jobs()
        upload.refresh_from_db()
        return upload

    return make


def draw(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture with the red in the top left quarter, green in the top right, blue below."""
    picture = Image.new("RGB", (width, height), (30, 60, 200))
    picture.paste((220, 30, 40), (0, 0, width // 2, height // 2))
    picture.paste((40, 200, 60), (width // 2, 0, width, height // 2))
    return picture if mode == "RGB" else picture.convert(mode)


def save(picture: Image.Image, kind: str = "JPEG", **how) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **how)
    return target.getvalue()
