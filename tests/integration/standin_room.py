"""A room that only reads its settings and says it is ready: what the launcher needs to see of one. Arguments: options
and the room's name. `--deaf` does not hear SIGTERM, `--broken` ends at once, `--worker` starts a process of its own."""

import signal
import subprocess
import sys

from plumbing.settings import settings_for

options, room = sys.argv[1:-1], sys.argv[-1]
settings = settings_for(room)
if "--broken" in options:
    sys.exit("this room is broken")
if "--deaf" in options:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "--worker" in options:
    subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
settings.ready_file.touch()
signal.pause()
