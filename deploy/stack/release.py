"""Which version of the house a launcher starts: what its processes say of themselves."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]


@cache
def release() -> str:
    """`0.1.0 4f9281d`: the version of the project and, where it lies in a repository, the commit; `+` after a commit
    that has been changed since."""
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    commit = _git("rev-parse", "--short=8", "HEAD")
    changed = "+" if commit and _git("status", "--porcelain", "--untracked-files=no") else ""
    return f"{version} {commit}{changed}".strip()


def _git(*words: str) -> str:
    """What git says; nothing where there is no git, or no repository."""
    try:
        done = subprocess.run(["git", "-C", str(PROJECT), *words], capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
