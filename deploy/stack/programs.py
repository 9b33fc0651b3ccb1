"""The programs of the stack: where they are, and how to get RabbitMQ when it is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deploy.stack.part import tool
from deploy.stack.problem import StackProblem

# The package would start a broker for the whole machine at once and at every boot; nobody asked for that one.
_APT = """\
set -e
export DEBIAN_FRONTEND=noninteractive
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get -o DPkg::Lock::Timeout=120 update -q
apt-get -o DPkg::Lock::Timeout=120 install -q -y --no-install-recommends rabbitmq-server
if command -v systemctl > /dev/null; then systemctl disable rabbitmq-server; fi
"""

BROWSER = "chromium"
_APT_BROWSER = f"""\
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get -o DPkg::Lock::Timeout=120 update -q
apt-get -o DPkg::Lock::Timeout=120 install -q -y --no-install-recommends {BROWSER}
"""

_TWO_WAYS = """\
RabbitMQ is missing. There are two ways to get it:
  1. install it on this machine:   sudo apt-get install rabbitmq-server      then run the same command again
  2. use a broker you have: start each room with `python -m services ROOM` and PTSP_BROKER_URL in its environment,
     or start the whole city edition with `docker compose up`"""


@dataclass(frozen=True)
class RabbitmqPrograms:
    """Where RabbitMQ's start script and Erlang's name server are."""

    server: Path
    epmd: Path


def rabbitmq_programs() -> RabbitmqPrograms:
    """The programs, found where packages put them. Raises StackProblem when one is missing.

    Not /usr/sbin/rabbitmq-server: that wrapper changes to the user `rabbitmq` and refuses everybody else.
    """
    server = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    epmd = shutil.which("epmd", path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/bin"]))
    if not server.is_file() or epmd is None:
        raise StackProblem(_TWO_WAYS)
    return RabbitmqPrograms(server, Path(epmd))


def ensure_installed(say: Callable[[str], None] = print) -> None:
    """Install what is missing. Raises StackProblem that says what to do when it cannot."""
    if not sys.platform.startswith("linux"):
        raise StackProblem("the launcher needs Linux; elsewhere use `docker compose up`")
    missing = [name for name in ("secantusd-py", "rclone", "aiosmtpd") if not Path(tool(name)).is_file()]
    if missing:
        raise StackProblem(
            f"not installed beside {sys.executable}: {', '.join(missing)}\n"
            "run `make setup`, or `pip install '.[stack]'` in the virtual environment"
        )
    try:
        rabbitmq_programs()
    except StackProblem:
        command = _as_root()
        if command is None:
            raise
        say("RabbitMQ is missing: installing it with apt-get")
        done = subprocess.run([*command, "sh", "-c", _APT], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise StackProblem(
                f"{done.stdout[-2000:]}\napt-get could not install RabbitMQ (see above)\n\n{_TWO_WAYS}"
            ) from None
        rabbitmq_programs()
        say("RabbitMQ is installed")


def ensure_browser(say: Callable[[str], None] = print) -> None:
    """Install Chromium, with which the tests look at the portal. Raises StackProblem when it cannot."""
    if shutil.which(BROWSER):
        return
    command = _as_root()
    if command is None:
        raise StackProblem(f"the tests need {BROWSER}: sudo apt-get install {BROWSER}")
    say(f"{BROWSER} is missing: installing it with apt-get")
    shell = [*command, "sh", "-c", _APT_BROWSER]
    done = subprocess.run(shell, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise StackProblem(f"{done.stdout[-2000:]}\napt-get could not install {BROWSER} (see above)")


def _as_root() -> list[str] | None:
    """How to run a command as root without asking anybody, None when there is no way."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None
