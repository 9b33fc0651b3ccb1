"""RabbitMQ as a private node: its own name server (epmd), folders, cookie, ports and users."""

import json
import signal
from pathlib import Path

from deploy.broker_definitions import broker_definitions
from deploy.stack.home import Home, write_private
from deploy.stack.part import STAGE_LAST, Part, base_environment
from deploy.stack.programs import rabbitmq_programs

NODE = "ptsp@localhost"

_CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = {prometheus}
load_definitions = {definitions}
log.console = true
log.console.level = info
log.file = false
disk_free_limit.absolute = 200MB
vm_memory_high_watermark.absolute = 512MB
# The write-ahead log of the quorum queues is kept in memory up to this size: the default is 512 MB.
raft.wal_max_size_bytes = 33554432
collect_statistics_interval = 10000
management.rates_mode = none
"""


def broker_parts(home: Home, ports: dict[str, int], secrets: dict) -> list[Part]:
    """Write the node's configuration and describe its two processes."""
    programs = rabbitmq_programs()
    folder = home.data / "broker"
    folder.mkdir(mode=0o700, exist_ok=True)
    _write_cookie(folder, secrets["cookie"])
    definitions = home.etc / "definitions.json"
    write_private(definitions, json.dumps(broker_definitions(secrets["broker"]), indent=1))
    write_private(home.etc / "rabbitmq.conf", _CONFIGURATION.format(definitions=definitions, **ports))
    write_private(home.etc / "enabled_plugins", "[rabbitmq_management,rabbitmq_prometheus].\n")
    env = broker_environment(home, ports)
    epmd = Part(
        "epmd",
        # In the foreground and ours: otherwise the node starts a daemon that outlives it, or joins the shared one.
        [str(programs.epmd), "-port", str(ports["epmd"]), "-address", "127.0.0.1"],
        base_environment(home),
        stage=STAGE_LAST,
        port=ports["epmd"],
    )
    node = Part(
        "broker",
        [str(programs.server)],
        env,
        after=["epmd"],
        grace=30.0,
        orphan_signal=signal.SIGTERM,
        port=ports["amqp"],
    )
    return [epmd, node]


def broker_environment(home: Home, ports: dict[str, int]) -> dict[str, str]:
    """What the node and its command line tools need; everything that would come from /etc/rabbitmq is overridden."""
    folder, etc = home.data / "broker", home.etc
    return base_environment(home) | {
        "HOME": str(folder),  # holds .erlang.cookie
        "RABBITMQ_NODENAME": NODE,
        "RABBITMQ_NODE_PORT": str(ports["amqp"]),
        "RABBITMQ_DIST_PORT": str(ports["distribution"]),
        "RABBITMQ_CONFIG_FILE": str(etc / "rabbitmq.conf"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(etc / "advanced.config"),  # there is none
        "RABBITMQ_CONF_ENV_FILE": str(etc / "rabbitmq-env.conf"),  # there is none
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(etc / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder),
        "RABBITMQ_MNESIA_DIR": str(folder / "node"),
        "RABBITMQ_LOG_BASE": str(home.log),
        "RABBITMQ_PID_FILE": str(home.run / "broker.pid"),
        "RABBITMQ_SCHEMA_DIR": str(home.run / "broker-schema"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(home.run / "broker-config"),
        # A scheduler that waits a moment before it sleeps halves the start (2.5 s for 5.5 s on two shared cores);
        # a longer wait would take the processor from the rooms.
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-kernel inet_dist_use_interface {127,0,0,1} +sbwt very_short +sbwtdcpu none +sbwtdio none"
        ),
        "ERL_EPMD_PORT": str(ports["epmd"]),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        # The start script then becomes the node itself, so that its number is ours and SIGTERM is a clean stop.
        "RUNNING_UNDER_SYSTEMD": "1",
    }


def _write_cookie(folder: Path, cookie: str) -> None:
    path = folder / ".erlang.cookie"
    write_private(path, cookie)
    path.chmod(0o400)  # Erlang refuses any other mode
