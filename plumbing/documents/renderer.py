"""Papers made in a process of their own, asked for from any service."""

import os
import socket
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

from plumbing.documents import channel
from plumbing.documents.camera import Camera
from plumbing.documents.errors import WorkerGone
from plumbing.documents.verification import Verification

_WORKER_SEES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")


class Renderer:
    """Typesets and signs documents one after the other in a child process, started at the first request.

    Typesetting holds Python's lock for 10 to 20 ms, which would stop every greenlet of a service; here the caller
    waits on a socket instead, which is friendly to threads and to eventlet alike. The child ends by itself after
    `idle_seconds` without work, and with its parent in any case; the next request starts another. One document may
    take `patience_seconds`. The child sees none of the service's secrets except the key it is handed to sign with.
    """

    def __init__(self, idle_seconds: float = 20.0, patience_seconds: float = 30.0):
        self._idle_seconds, self._patience_seconds = idle_seconds, patience_seconds
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._channel: socket.socket | None = None

    def render(self, template: Path, data: dict) -> bytes:
        """The PDF/A-2b of a template and its data; see `typesetting.render`."""
        return self._ask("render", template=template, data=data)

    def render_signed(
        self, template: Path, data: dict, *, key_pem: bytes, cert_pem: bytes, reason: str, name: str, at: datetime
    ) -> bytes:
        """`render` and `sign` in one step, the signature standing in its box on the paper."""
        return self._ask(
            "render_signed",
            template=template,
            data=data,
            key_pem=key_pem,
            cert_pem=cert_pem,
            reason=reason,
            name=name,
            at=at,
        )

    def sign(self, pdf: bytes, *, key_pem: bytes, cert_pem: bytes, reason: str, name: str, at: datetime) -> bytes:
        """The same PDF, signed; see `signing.sign`."""
        return self._ask("sign", pdf=pdf, key_pem=key_pem, cert_pem=cert_pem, reason=reason, name=name, at=at)

    def verify(self, pdf: bytes, trust_roots: bytes, at: datetime | None = None) -> Verification:
        """Whether a paper is ours and unchanged; see `signing.verify`."""
        return self._ask("verify", pdf=pdf, trust_roots=trust_roots, at=at)

    def active_content(self, pdf: bytes) -> str | None:
        """What a handed-in PDF would do by itself; see `active_content.active_content`."""
        return self._ask("active_content", pdf=pdf)

    def read_camera(self, picture: bytes) -> Camera:
        """What a camera wrote in a picture; see `photos.read_camera`."""
        return self._ask("read_camera", picture=picture)

    def joined(self, papers: list[bytes]) -> bytes:
        """Several handed-in files as one PDF; see `joining.joined`."""
        return self._ask("joined", papers=papers)

    def reduced(self, picture: bytes) -> bytes:
        """A picture as it is printed; see `photos.reduced`."""
        return self._ask("reduced", picture=picture)

    @property
    def worker_pid(self) -> int | None:
        """The process id of the living worker, or None while there is none."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def close(self) -> None:
        """Let the worker finish and go. The renderer may be used again afterwards."""
        with self._one_at_a_time:
            self._dismiss(patience=2.0)

    def _ask(self, job: str, **arguments):
        with self._one_at_a_time:
            fate, result = self._converse(job, arguments)
        if fate == "failed":
            raise result
        return result

    def _converse(self, job: str, arguments: dict) -> tuple[str, object]:
        started_now = self._ensure_worker()
        try:
            channel.send(self._channel, (job, arguments))
            return channel.receive(self._channel)
        except TimeoutError:
            self._dismiss(patience=0.0)
            raise WorkerGone(f"{job}: the document worker was silent for {self._patience_seconds} s") from None
        except (EOFError, OSError):
            code = self._dismiss(patience=1.0)
            # Code 0 is a worker that went home just as we called: nothing was done, so ask the next one.
            if code == 0 and not started_now:
                return self._converse(job, arguments)
            raise WorkerGone(f"{job}: the document worker died (exit code {code})") from None
        except BaseException:
            # Interrupted half-way (a greenlet killed): its answer must not be taken for the next one's.
            self._dismiss(patience=0.0)
            raise

    def _ensure_worker(self) -> bool:
        if self._process and self._process.poll() is None:
            return False
        self._dismiss(patience=0.0)
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "plumbing.documents.worker", str(theirs.fileno()), str(self._idle_seconds)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={name: os.environ[name] for name in _WORKER_SEES if name in os.environ},
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        ours.settimeout(self._patience_seconds)
        self._channel = ours
        return True

    def _dismiss(self, patience: float) -> int | None:
        """Close the channel, wait for the worker to end, kill it when it does not; its exit code."""
        process, self._process = self._process, None
        connection, self._channel = self._channel, None
        if connection:
            connection.close()
        if process is None:
            return None
        try:
            return process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
