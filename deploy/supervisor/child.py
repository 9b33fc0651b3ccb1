"""One part of the stack as the supervisor sees it: a process that is started, watched, restarted and stopped."""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_PAUSES = (0.1, 0.5, 1.0, 2.0, 4.0)  # seconds before the first, second, ... restart within the window
_WINDOW = 60.0  # seconds; a death older than this no longer counts
_LOG_LIMIT = 32 * 1024 * 1024  # bytes; a longer log is set aside as NAME.log.1 when its part starts


class Child:
    """A part with its process and its history.

    `state` is one of: waiting (for those it comes after), running, pausing (before a restart), done (a part that
    runs once and ended well), failed (died too often; nobody restarts it until the next `up`), stopped.
    """

    def __init__(self, part: dict, log_folder: Path, deaths_allowed: int):
        self.part, self.name, self.once = part, part["name"], part["once"]
        self.log_path = log_folder / f"{self.name}.log"
        self.deaths_allowed = deaths_allowed
        self.state = "waiting"
        self.process: subprocess.Popen | None = None
        self.started: float | None = None
        self.due = 0.0
        self.restarts = 0
        self.killed = False
        self.last_exit: str | None = None
        self._deaths: list[float] = []

    def start(self) -> None:
        """Start the process; one that cannot be started counts as a death."""
        if self.part["ready_file"]:
            Path(self.part["ready_file"]).unlink(missing_ok=True)
        if self.log_path.exists() and self.log_path.stat().st_size > _LOG_LIMIT:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        parent, orphan_signal, prompt = os.getpid(), self.part["orphan_signal"], self.part["prompt"]

        def die_with_the_supervisor() -> None:
            if prompt:
                os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
            _libc.prctl(_PR_SET_PDEATHSIG, orphan_signal)
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)

        with self.log_path.open("ab") as log:
            try:
                self.process = subprocess.Popen(
                    self.part["argv"],
                    env=self.part["env"],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=die_with_the_supervisor,
                )
            except OSError as error:
                self._died(f"could not be started: {error}")
                return
        self.state, self.started = "running", time.time()

    def look(self) -> str | None:
        """Notice whether the process has ended; returns how, for the log, or None when nothing happened."""
        if self.process is None or not _has_ended(self.process.pid):
            return None
        self._sweep_group()
        code = self.process.wait()
        how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        self.process = None
        if self.once and code == 0:
            self.state, self.last_exit = "done", how
        else:
            self._died(how)
        return how

    def again(self) -> None:
        """Forget past deaths and try anew (a later `up` asks for this when the part had failed)."""
        self._deaths.clear()
        self.state, self.due = "waiting", 0.0

    def ask_to_stop(self) -> None:
        """Send SIGTERM, or forget the planned start when nothing runs."""
        if self.process is None:
            self.state = "stopped"
        else:
            self.process.terminate()

    def stopped(self) -> bool:
        """True once the process asked to stop has ended."""
        if self.process is not None and _has_ended(self.process.pid):
            self._sweep_group()
            self.process.wait()
            self.process, self.state = None, "stopped"
        return self.process is None

    def kill(self) -> None:
        """SIGKILL for the process and its group, for one that did not stop in its time."""
        self.killed = True
        self._sweep_group()
        self.process.wait()
        self.process, self.state = None, "stopped"

    def as_dict(self) -> dict:
        """What `state.json` says about this part."""
        return {
            "state": self.state,
            "once": self.once,
            "pid": self.process.pid if self.process else None,
            "port": self.part["port"],
            "ready_file": self.part["ready_file"],
            "started": self.started,
            "restarts": self.restarts,
            "last_exit": self.last_exit,
            "killed": self.killed,
        }

    def _died(self, how: str) -> None:
        now = time.monotonic()
        self.last_exit = how
        self._deaths = [moment for moment in self._deaths if now - moment < _WINDOW] + [now]
        if len(self._deaths) > self.deaths_allowed:
            self.state = "failed"
            return
        self.state, self.restarts = "pausing", self.restarts + 1
        self.due = now + _PAUSES[min(len(self._deaths), len(_PAUSES)) - 1]

    def _sweep_group(self) -> None:
        """Kill what the process left in its group (its own workers). Called before it is reaped: until then its
        number cannot belong to anybody else."""
        os.killpg(self.process.pid, signal.SIGKILL)


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
