"""The office's strong room: documents kept by the hash of their content, encrypted, on any S3 server.

Works against MinIO and `rclone serve s3`. Only plain put, get, head and list are used: tags, retention, ACLs and
object metadata are either lost or harmful on the latter, and `If-None-Match` on a put is ignored there, so that
immutability is ours to keep: content is named by its SHA-256, and a named object is read before it is written.

What rests on the disk is `PTSP1`, a 12-byte nonce, and AES-256-GCM over the content with the object's name as
associated data: an object moved to another name does not decrypt. The nonce is a keyed hash of name and content, so the
same content under the same name always rests as the same bytes: putting it again, on either site, changes nothing, and
no look is needed before a put. (A nonce never meets two contents, which is what GCM asks for.)
"""

import hashlib
import hmac
import io
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import urllib3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError

CONNECT_SECONDS, SILENCE_SECONDS = 2.0, 10.0
_MAGIC = b"PTSP1"
_NONCE_BYTES = 12
_ABSENT = {"NoSuchKey", "NoSuchObject", "ResourceNotFound"}


class StoreError(Exception):
    """Something is wrong with the strong room; the message names the object, which is no personal data."""


class StoreAway(StoreError):
    """The server cannot be reached or is failing now. Trying again later is right; nothing was decided."""


class StoreRefused(StoreError):
    """The server says no (wrong credentials, no such bucket): somebody must mend the settings."""


class Missing(StoreError):
    """The object is not there."""


class Damaged(StoreError):
    """The object is there and is not what it should be: changed, cut off, encrypted with another key."""


class AlreadyDifferent(StoreError):
    """The name is taken by a different content; what has a name is never overwritten."""


class ObjectStore:
    """One bucket on one site.

    `url` is `http(s)://host:port`; `key` the 32-byte key of the office, the same on both sites, without which nothing
    can be read. Connecting happens at each call through a pool of 8 connections (2 s to connect, 10 s of silence), so
    a server that went away is used again as soon as it is back. Safe to share between threads and greenlets.
    Every method may raise `StoreAway` and `StoreRefused`.
    """

    def __init__(self, url: str, access_key: str, secret_key: str, bucket: str, key: bytes):
        if len(key) != 32:
            raise ValueError("the key of the object store must be 32 bytes")
        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.netloc or address.path not in ("", "/"):
            raise ValueError("the object store's address must be http(s)://host:port")
        self._bucket, self._cipher, self._site = bucket, AESGCM(key), address.netloc
        self._nonce_key = hmac.digest(key, b"ptsp nonce", "sha256")
        self._client = Minio(
            address.netloc,
            access_key=access_key,
            secret_key=secret_key,
            secure=address.scheme == "https",
            region="us-east-1",
            http_client=urllib3.PoolManager(
                num_pools=1,
                maxsize=8,
                block=True,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=SILENCE_SECONDS),
                retries=_OneMoreUnlessSilent(total=1, redirect=0, status=0),
            ),
        )

    def make_ready(self) -> None:
        """Create the bucket when it is not there yet; harmless when repeated or done by two at once."""
        with self._speaking("bucket"):
            if not self._client.bucket_exists(self._bucket):
                try:
                    self._client.make_bucket(self._bucket)
                except (S3Error, InvalidResponseError):
                    if not self._client.bucket_exists(self._bucket):
                        raise

    def put(self, data: bytes) -> str:
        """Keep this content and return its SHA-256 (hex of the plain bytes). Putting it twice keeps it once."""
        digest = hashlib.sha256(data).hexdigest()
        name = content_key(digest)
        self._write(name, self._seal(name, data))
        return digest

    def get(self, digest: str) -> bytes:
        """The content with this SHA-256, proven to be it. Raises `Missing` or `Damaged`."""
        name = content_key(digest)
        return self._open_content(name, digest, self._read(name))

    def copy_to(self, other: "ObjectStore", digest: str) -> None:
        """Bring the very same encrypted bytes to another site and prove, by reading them back there, that they are
        whole. Raises `Damaged` naming the site whose copy is bad, and writes nothing when our own is."""
        self.copy_stored_to(other, content_key(digest))

    def copy_stored_to(self, other: "ObjectStore", name: str) -> None:
        """`copy_to` for any object by the name it is stored under, manifests included."""
        other.receive(name, self.proven(name))

    def proven(self, name: str) -> bytes:
        """The encrypted bytes under a name, proven to hold what the name says. Raises `Missing` or `Damaged`."""
        stored = self._read(name)
        self._prove(name, stored)
        return stored

    def receive(self, name: str, stored: bytes) -> None:
        """Keep another site's encrypted bytes, and prove by reading them back that they are here, whole. A manifest
        that is here with another content raises `AlreadyDifferent`; a damaged copy of a paper is healed."""
        if not name.startswith("sha256/") and self.holds(name) and self._read(name) != stored:
            raise AlreadyDifferent(f"{self._site}: {name} is there with another content")
        self._prove(name, stored)
        self._write(name, stored)
        if self._read(name) != stored:
            raise Damaged(f"{self._site}: {name} came back different from what was sent")

    def put_named(self, name: str, data: bytes) -> str:
        """Keep a manifest under its name (`bundles/2016/11/<id>.json`), encrypted; returns the SHA-256 of the plain
        bytes. Repeating it is harmless; a different content under the same name raises `AlreadyDifferent`."""
        if name.startswith("sha256/"):
            raise ValueError("names under sha256/ belong to content")
        if not self.holds(name):
            self._write(name, self._seal(name, data))
        # Read back: two writers may have met, and the server cannot refuse the second.
        if self.get_named(name) != data:
            raise AlreadyDifferent(f"{self._site}: {name} is there with another content")
        return hashlib.sha256(data).hexdigest()

    def get_named(self, name: str) -> bytes:
        """The content kept under a name. Raises `Missing` or `Damaged`."""
        return self._unseal(name, self._read(name))

    def holds(self, name: str) -> bool:
        """Whether something is stored under this name (`content_key(digest)` for content)."""
        with self._speaking(name):
            try:
                self._client.stat_object(self._bucket, name)
            except S3Error as error:
                if error.code in _ABSENT:
                    return False
                raise
        return True

    def list(self, prefix: str = "") -> Iterator[str]:
        """The names stored under a prefix. Ask for narrow prefixes (`bundles/2016/11/`): a long flat list is slow."""
        with self._speaking(prefix):
            for found in self._client.list_objects(self._bucket, prefix=prefix, recursive=True):
                if not found.is_dir:
                    yield found.object_name

    def digest_of_stored(self, name: str) -> str:
        """SHA-256 (hex) of the bytes as they rest, encrypted: equal on both sites when the copy is true."""
        return hashlib.sha256(self._read(name)).hexdigest()

    def _prove(self, name: str, stored: bytes) -> None:
        if name.startswith("sha256/"):
            self._open_content(name, name.rsplit("/", 1)[1], stored)
        else:
            self._unseal(name, stored)

    def _open_content(self, name: str, digest: str, stored: bytes) -> bytes:
        data = self._unseal(name, stored)
        if hashlib.sha256(data).hexdigest() != digest:
            raise Damaged(f"{self._site}: {name} holds another content than its name says")
        return data

    def _seal(self, name: str, data: bytes) -> bytes:
        seed = name.encode() + b"\0" + hashlib.sha256(data).digest()
        nonce = hmac.digest(self._nonce_key, seed, "sha256")[:_NONCE_BYTES]
        return _MAGIC + nonce + self._cipher.encrypt(nonce, data, name.encode())

    def _unseal(self, name: str, stored: bytes) -> bytes:
        if not stored.startswith(_MAGIC):
            raise Damaged(f"{self._site}: {name} is not an object of ours")
        nonce, sealed = stored[len(_MAGIC) :][:_NONCE_BYTES], stored[len(_MAGIC) + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, sealed, name.encode())
        except (InvalidTag, ValueError):
            raise Damaged(f"{self._site}: {name} was changed, cut off, or sealed with another key") from None

    def _write(self, name: str, stored: bytes) -> None:
        with self._speaking(name):
            self._client.put_object(
                self._bucket, name, io.BytesIO(stored), len(stored), content_type="application/octet-stream"
            )

    def _read(self, name: str) -> bytes:
        with self._speaking(name):
            response = self._client.get_object(self._bucket, name)
            try:
                return response.read()
            finally:
                response.close()
                response.release_conn()

    @contextmanager
    def _speaking(self, name: str) -> Iterator[None]:
        """Say in our own words what the server or the line between us says."""
        where = f"{self._site}: {name}"
        try:
            yield
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise StoreAway(f"{where}: {type(error).__name__}") from error
        except S3Error as error:
            if error.code in _ABSENT:
                raise Missing(f"{where} is not there") from None
            raise _refused_or_away(where, error.response.status, error.code) from error
        except InvalidResponseError as error:
            # rclone words its errors as text/xml, which the client does not parse.
            if any(code in (error._body or "") for code in _ABSENT):
                raise Missing(f"{where} is not there") from None
            raise _refused_or_away(where, error._code, "unreadable error") from error
        except ServerError as error:
            raise _refused_or_away(where, error.status_code, "server error") from error
        except MinioException as error:
            raise StoreAway(f"{where}: {type(error).__name__}") from error


class _OneMoreUnlessSilent(urllib3.Retry):
    """One retry, at once, for a kept connection the server has closed meanwhile; none for a server that is silent."""

    def increment(self, method=None, url=None, response=None, error=None, _pool=None, _stacktrace=None):
        if isinstance(error, urllib3.exceptions.TimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


def content_key(digest: str) -> str:
    """Where content rests: `sha256/ab/cd/<digest>`, spread over folders because flat lists are slow."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("a SHA-256 digest is 64 lower-case hexadecimal digits")
    return f"sha256/{digest[:2]}/{digest[2:4]}/{digest}"


def _refused_or_away(where: str, status: int, code: str | None) -> StoreError:
    if status >= 500 or status in (408, 429):
        return StoreAway(f"{where}: {status} {code}")
    return StoreRefused(f"{where}: {status} {code}")
