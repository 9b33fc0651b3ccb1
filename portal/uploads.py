"""What applicants hand in: known by its first bytes, looked into, and kept in the primary store under its hash."""

import hashlib
import re
import subprocess

from starlette.datastructures import UploadFile

from contracts.documents import Document
from plumbing.documents import Renderer
from plumbing.documents.camera import Camera
from plumbing.documents.errors import DocumentError
from plumbing.object_store import ObjectStore
from portal.guard import LARGEST_PDF, LARGEST_TOGETHER

HEAD = 1024
SCAN_SECONDS = 30
MOST_TOGETHER = 10  # files for one requirement
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class Unfit(Exception):
    """A file that is not taken. `code`: none, empty, large, kind, picture, action, embedded, locked, unreadable,
    harmful, unchecked; cut (a part of it never came), many or together (too many files, or too large all together)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Uploads:
    """Where handed-in files go. `scanner` is a command that reads a file and ends with 0 when it is clean."""

    def __init__(self, store: ObjectStore, renderer: Renderer, scanner: str | None = None):
        self.store, self._renderer, self._scanner = store, renderer, scanner

    def take(self, file: UploadFile | None, requirement: str) -> Document:
        """Keep a file as the paper for a requirement. Raises Unfit, or StoreError when the store is away."""
        if file is None:
            raise Unfit("none")
        return self.keep(file.file.read(LARGEST_PDF + 1), requirement)

    def keep(self, data: bytes, requirement: str) -> Document:
        """The same for bytes that are already here."""
        if len(data) > LARGEST_PDF:
            raise Unfit("large")
        media_type, _ = self._require_fit(data)
        return self._put(data, requirement, media_type)

    def take_photo(self, file: UploadFile | None) -> tuple[Document, Camera]:
        """Keep a picture taken on site; with it what its camera wrote. Raises Unfit (`picture`: it is none) and
        StoreError."""
        if file is None:
            raise Unfit("none")
        data = file.file.read(LARGEST_PDF + 1)
        if len(data) > LARGEST_PDF:
            raise Unfit("large")
        media_type, camera = self._require_fit(data)
        if camera is None:
            raise Unfit("picture")
        return self._put(data, "foto", media_type).model_copy(update={"kind": "photo"}), camera

    def as_one(self, parts: list[Document], requirement: str) -> Document:
        """All files handed in for a requirement as one paper, one after the other. Raises Unfit and StoreError."""
        if len(parts) == 1:
            return parts[0]
        if len(parts) > MOST_TOGETHER:
            raise Unfit("many")
        if sum(part.size for part in parts) > LARGEST_TOGETHER:
            raise Unfit("together")
        try:
            data = self._renderer.joined([self.store.get(part.sha256) for part in parts])
        except DocumentError as error:
            raise Unfit("unreadable") from error
        return self._put(data, requirement, "application/pdf")

    def _put(self, data: bytes, requirement: str, media_type: str) -> Document:
        name = f"{re.sub(r'[^a-z0-9_]', '', requirement)[:60]}.{SUFFIXES[media_type]}"
        digest = hashlib.sha256(data).hexdigest()
        document = Document(kind="attachment", name=name, sha256=digest, size=len(data), media_type=media_type)
        self.store.put(data)
        return document

    def _require_fit(self, data: bytes) -> tuple[str, Camera | None]:
        """What it is; with a picture, what its camera wrote. Each is opened, so that it can be read whole tomorrow."""
        if not data:
            raise Unfit("empty")
        media_type = media_type_of(data)
        if media_type is None:
            raise Unfit("kind")
        found, camera = None, None
        try:
            if media_type == "application/pdf":
                found = self._renderer.active_content(data)
            else:
                camera = self._renderer.read_camera(data)
        except DocumentError as error:
            raise Unfit("unreadable") from error
        if found:
            raise Unfit(found)
        self._scan(data)
        return media_type, camera

    def _scan(self, data: bytes) -> None:
        if self._scanner is None:
            return
        try:
            done = subprocess.run(self._scanner.split(), input=data, capture_output=True, timeout=SCAN_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unfit("unchecked") from error
        if done.returncode != 0:
            raise Unfit("harmful" if done.returncode == 1 else "unchecked")


def media_type_of(data: bytes) -> str | None:
    """What a file is by its first bytes, whatever it is called; None for anything but PDF, JPEG and PNG."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "application/pdf" if b"%PDF-" in data[:HEAD] else None
