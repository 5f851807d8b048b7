"""Starting a drain or a planner on the database of the test that asks."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from django.db import connection

SCRIPT = Path(__file__).with_name("drain_process.py")


def start(role: str, *, clock: datetime, **env: object) -> subprocess.Popen:
    """The process, its JSON on stdout; `env` as drain_process.py explains."""
    told = {key.upper(): str(value) for key, value in env.items()}
    return subprocess.Popen(  # noqa: S603  our own script
        [sys.executable, str(SCRIPT)],
        env={
            **os.environ,
            "ROLE": role,
            "CLOCK": clock.isoformat(),
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            **told,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen, *, status: int = 0) -> str:
    """Wait for the end; what it printed. `status` is what it must end with (-9: killed)."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == status, err
    return out
