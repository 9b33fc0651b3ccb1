"""`python -m deploy.city.try_rooms IMAGE --home HOME`: the rooms of docker-compose.yml as containers, against the
broker, database, sites and mail of a launcher (`ptsp up`) on this machine, where no image registry is at hand.

Each container is given what the compose file gives it (user, variables, secrets as files, read-only root, no
privileges); only the addresses are the launcher's, and so the network is the machine's. Start the launcher without
rooms, or take two of each. Ends, and removes its containers, at Ctrl-C.
"""

import argparse
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import yaml

from contracts import ROOMS
from deploy import stack
from deploy.city.make_secrets import IMAGE_USER
from deploy.stack import Home
from deploy.stack.home import write_private

COMPOSE_FILE = Path(__file__).parents[2] / "docker-compose.yml"
PATIENCE = 60.0  # seconds


def variables(room: str, compose: dict, launcher: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What one room is given: (its environment, its secrets by file name). Names are the compose file's, values the
    launcher's. `launcher` is `deploy.stack.environment(home, room)`."""
    names, secrets = {}, {}
    for name in compose["services"][room]["environment"]:
        plain = name.removesuffix("_FILE")
        given = compose["services"][room]["environment"][name]
        if plain == "PTSP_READY_FILE"[: -len("_FILE")]:
            names[name] = given
        elif name.endswith("_FILE") and plain in launcher:
            names[name], secrets[given.rsplit("/", 1)[1]] = given, launcher[plain]
        elif name.startswith("PTSP_SIGNING_"):
            names[name], secrets[given.rsplit("/", 1)[1]] = given, Path(launcher[name]).read_text()
        elif name in launcher:
            names[name] = launcher[name]
        else:
            names[name] = ""  # as `${NAME:-}` gives it; start.sh takes it out again
    return names, secrets


def command(engine: str, image: str, room: str, compose: dict, names: dict[str, str], folder: Path) -> list[str]:
    """The engine's command line for one room."""
    service = compose["services"][room]
    return [
        *[engine, "run", "--detach", "--name", container(room), "--network", "host"],
        *["--user", f"{IMAGE_USER}:{IMAGE_USER}", "--read-only", "--cap-drop", "all"],
        *["--security-opt", "no-new-privileges", "--pids-limit", str(service["pids_limit"])],
        *["--tmpfs", service["tmpfs"][0], "--volume", f"{folder}:/run/secrets:ro"],
        *[word for name, value in names.items() for word in ("--env", f"{name}={value}")],
        # The machine's network comes with the machine's name, which is nobody's own.
        *["--env", f"PTSP_INSTANCE={container(room)}"],
        *[image, *service["command"]],
    ]


def container(room: str) -> str:
    """The name of a room's container."""
    return f"ptsp-try-{room}"


def is_well(engine: str, room: str, compose: dict) -> bool:
    """The compose file's own health check."""
    test = compose["services"][room]["healthcheck"]["test"]
    return subprocess.run([engine, "exec", container(room), *test[1:]], capture_output=True).returncode == 0


def main() -> None:
    """Exit code 1 with the log of the room that does not get well within a minute."""
    parser = argparse.ArgumentParser(prog="python -m deploy.city.try_rooms", description=__doc__)
    parser.add_argument("image")
    parser.add_argument("--home", type=Path, required=True, help="data folder of a launcher that is up")
    parser.add_argument("--engine", default="podman", choices=["podman", "docker"])
    given = parser.parse_args()
    home, compose = Home.at(given.home), yaml.safe_load(COMPOSE_FILE.read_text())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ptsp-try-") as temporary:
        Path(temporary).chmod(0o755)
        try:
            for room in ROOMS:
                names, secrets = variables(room, compose, stack.environment(home.root, room))
                folder = Path(temporary) / room
                folder.mkdir()
                for name, value in secrets.items():
                    write_private(folder / name, value)
                    os.chown(folder / name, IMAGE_USER, IMAGE_USER)
                started.append(room)
                subprocess.run(command(given.engine, given.image, room, compose, names, folder), check=True)
            _wait(given.engine, compose)
            print("all rooms are well; Ctrl-C ends them", flush=True)
            while True:
                time.sleep(60)
        except KeyboardInterrupt:
            print("ending the rooms")
        finally:
            for room in started:
                subprocess.run([given.engine, "rm", "--force", "--time", "15", container(room)], check=False)


def _wait(engine: str, compose: dict) -> None:
    deadline = time.monotonic() + PATIENCE
    for room in ROOMS:
        while not is_well(engine, room, compose):
            if time.monotonic() > deadline:
                subprocess.run([engine, "logs", "--tail", "30", container(room)], check=False)
                raise SystemExit(f"{room} does not get well")
            time.sleep(0.5)


if __name__ == "__main__":
    main()
