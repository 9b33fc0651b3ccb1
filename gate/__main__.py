"""`python -m gate`: serve the gate until SIGTERM."""

import gc

import uvicorn

from catalogue.office import organisation
from gate.app import create_app
from plumbing.log import configure
from plumbing.settings import GateSettings


def main() -> None:
    """One process; what takes long (passphrases) is done in threads."""
    configure("gate")
    settings = GateSettings.from_environment()
    organisation()
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    uvicorn.run(
        app,
        host=settings.gate_host,
        port=settings.gate_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=60,
        limit_concurrency=100,
    )


if __name__ == "__main__":
    main()
