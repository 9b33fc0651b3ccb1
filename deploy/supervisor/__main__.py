"""`python -m deploy.supervisor HOME`: go into the background and carry out HOME/run/plan.json until SIGTERM."""

import fcntl
import json
import os
import select
import signal
import sys
import time
from pathlib import Path

from deploy.supervisor.child import Child
from deploy.supervisor.clock import started_ticks

_TICK = 1.0  # seconds between looks when nothing wakes us earlier


class Supervisor:
    """The loop. One thread only: the kernel's parent-death signal follows the thread that forked."""

    def __init__(self, home: Path):
        self.home, self.run = home, home / "run"
        self.children: dict[str, Child] = {}
        self.owner: dict | None = None
        self.began = time.time()
        self.stopping = self.reload_wanted = False
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)

    def main(self) -> None:
        """Run until SIGTERM, SIGINT or the end of the owner; then stop the parts, last started first."""
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_stop)
        signal.signal(signal.SIGHUP, self._on_reload)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to be woken
        self.read_plan()
        say(f"supervisor {os.getpid()} carries out {len(self.children)} parts")
        while not self.stopping:
            if self.reload_wanted:
                self.reload_wanted = False
                self.read_plan()
            if self.tick():
                self.write_state("up")
            self.sleep()
            if self.owner and started_ticks(self.owner["pid"]) != self.owner["ticks"]:
                say("the process this stack belonged to is gone: stopping")
                self.stopping = True
        self.stop_all()

    def read_plan(self) -> None:
        """Take up new parts from the plan and give failed ones another chance; running ones stay untouched."""
        plan = json.loads((self.run / "plan.json").read_text())
        self.owner = plan["owner"]
        for part in plan["parts"]:
            child = self.children.get(part["name"])
            if child is None:
                self.children[part["name"]] = Child(part, self.home / "log", plan["deaths_allowed"])
            elif child.state == "failed":
                child.again()
        self.write_state("up")

    def tick(self) -> bool:
        """Notice deaths, start what is due. True when anything changed."""
        changed = False
        for child in self.children.values():
            how = child.look()
            if how:
                changed = True
                say(f"{child.name}: {how}; {child.state}, restarts so far {child.restarts}")
                if child.state == "failed":
                    say(f"FAILED: {child.name} died too often and is not started again; see {child.log_path}")
        for child in self.children.values():
            waiting = child.state == "waiting" and all(self.started(name) for name in child.part["after"])
            if waiting or (child.state == "pausing" and time.monotonic() >= child.due):
                child.start()
                say(f"{child.name}: {child.state} {child.process.pid if child.process else child.last_exit}")
                changed = True
        return changed

    def started(self, name: str) -> bool:
        """True when the part that others come after is far enough for them."""
        child = self.children[name]
        return child.state == ("done" if child.once else "running")

    def sleep(self) -> None:
        """Wait for a signal, the next planned restart, or one tick."""
        due = [child.due - time.monotonic() for child in self.children.values() if child.state == "pausing"]
        select.select([self._wake_read], [], [], max(0.0, min([_TICK, *due])))
        try:
            os.read(self._wake_read, 4096)
        except BlockingIOError:
            return  # nobody woke us: it was the clock

    def stop_all(self) -> None:
        """Stop stage by stage: SIGTERM, the part's grace, then SIGKILL, said in the log and in the state."""
        self.write_state("stopping")
        for stage in sorted({child.part["stage"] for child in self.children.values()}):
            members = [child for child in self.children.values() if child.part["stage"] == stage]
            for child in members:
                child.ask_to_stop()
            asked = time.monotonic()
            while left := [child for child in members if not child.stopped()]:
                for child in left:
                    if time.monotonic() - asked > child.part["grace"]:
                        child.kill()
                        say(f"KILLED: {child.name} did not stop within {child.part['grace']} s")
                self.write_state("stopping")
                select.select([self._wake_read], [], [], 0.05)
                self.drain()
        self.write_state("stopped")
        say("stopped")

    def drain(self) -> None:
        """Empty the wake-up pipe, so that the next wait waits."""
        if select.select([self._wake_read], [], [], 0)[0]:
            os.read(self._wake_read, 4096)

    def write_state(self, phase: str) -> None:
        """Replace state.json in one step, so that a reader never sees half of it."""
        state = {
            "phase": phase,
            "pid": os.getpid(),
            "started": self.began,
            "parts": {c.name: c.as_dict() for c in self.children.values()},
        }
        fresh = self.run / "state.json.new"
        fresh.write_text(json.dumps(state))
        fresh.replace(self.run / "state.json")

    def _on_stop(self, *_: object) -> None:
        self.stopping = True

    def _on_reload(self, *_: object) -> None:
        self.reload_wanted = True


def taken(lock: int) -> bool:
    """Take the lock. Whoever asks whether the stack is up holds it for an instant, so one refusal means nothing."""
    for _ in range(20):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def say(text: str) -> None:
    """One line for HOME/log/supervisor.log."""
    print(time.strftime("%Y-%m-%dT%H:%M:%S%z"), text, file=sys.stderr, flush=True)


def main() -> None:
    """Take the lock that says this stack is up, leave the caller's session, and run."""
    home = Path(sys.argv[1])
    lock = (home / "run" / "supervisor.lock").open("w")
    if not taken(lock.fileno()):
        say("another supervisor runs this stack already")
        sys.exit(1)
    if os.fork():  # the child keeps the lock; the caller may now look for it
        os._exit(0)
    os.setsid()
    os.umask(0o077)
    # Every part inherits it: whoever has work finishes it before another takes the processor (decision 0011).
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    Supervisor(home).main()
    os._exit(0)  # so that the lock is let go by the kernel, once nothing of this process is left to be seen


if __name__ == "__main__":
    main()
