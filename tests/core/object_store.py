"""A store that knows whole objects by name and no paths, as S3 does."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils import timezone


class ObjectStore(Storage):
    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, datetime]] = {}

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return ContentFile(self._get(name)[0], name)

    def _save(self, name: str, content: Any) -> str:
        self.objects[name] = (content.read(), timezone.now())
        return name

    def _get(self, name: str) -> tuple[bytes, datetime]:
        if name not in self.objects:
            raise FileNotFoundError(name)
        return self.objects[name]

    def exists(self, name: str) -> bool:
        return name in self.objects

    def delete(self, name: str) -> None:
        self.objects.pop(name, None)

    def size(self, name: str) -> int:
        return len(self._get(name)[0])

    def get_modified_time(self, name: str) -> datetime:
        return self._get(name)[1]

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        inside = [name.removeprefix(f"{path}/") for name in self.objects if name.startswith(f"{path}/")]
        return sorted({name.split("/")[0] for name in inside if "/" in name}), [n for n in inside if "/" not in n]
