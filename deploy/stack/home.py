"""The data folder of one stack: where everything lies, and whether its supervisor is alive."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.stack.problem import StackProblem

MARK = "PTSP_STACK_HOME"  # in the environment of every process of a stack: how leftovers are found after a crash


@dataclass(frozen=True)
class Home:
    """One data folder: `etc` (credentials, ports, keys, configuration), `data` (what the parts keep), `log`, and
    `run` (what exists only while the stack is up)."""

    root: Path

    @classmethod
    def at(cls, path: str | Path | None = None) -> "Home":
        """The folder named, else the one in PTSP_HOME, else `.ptsp` in the project this code lies in."""
        chosen = path or os.environ.get("PTSP_HOME") or Path(__file__).parents[2] / ".ptsp"
        return cls(Path(chosen).expanduser().resolve())

    @property
    def etc(self) -> Path:
        """Credentials, ports, keys, the configuration of the parts."""
        return self.root / "etc"

    @property
    def data(self) -> Path:
        """What the parts keep: queues, records, documents, mail."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """One log per part."""
        return self.root / "log"

    @property
    def run(self) -> Path:
        """Plan, state, ready files, temporary files; gone after `down`."""
        return self.root / "run"

    @property
    def temporary(self) -> Path:
        """TMPDIR of every part."""
        return self.run / "tmp"

    @property
    def mailbox(self) -> Path:
        """Maildir of everything sent. Never make it beforehand: aiosmtpd makes its inner folders only together
        with it."""
        return self.data / "mailbox"

    def make(self) -> None:
        """Create the folders, closed to everybody else."""
        for folder in (self.root, self.etc, self.data, self.log, self.run, self.temporary):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)

    def is_stack(self) -> bool:
        """True when a launcher made this folder: nothing else may be erased."""
        return (self.etc / "credentials.json").is_file()

    def is_up(self) -> bool:
        """True while a supervisor holds its lock, which ends with it however it ends."""
        try:
            with (self.run / "supervisor.lock").open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def state(self) -> dict | None:
        """The supervisor's last word, None when there is none."""
        try:
            return json.loads((self.run / "state.json").read_text())
        except FileNotFoundError:
            return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder against another `up` or `down`; refuses at once when one is at work."""
        handle = os.open(self.root, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StackProblem(f"another `ptsp up` or `ptsp down` is working on {self.root}") from None
            yield
        finally:
            os.close(handle)


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file of mode 600 in one step: whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
