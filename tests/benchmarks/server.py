"""The real server: gunicorn, as README starts it, on a socket that we opened and therefore know the port of."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BACKLOG = 2048
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server. ``workers`` processes answer on ``port`` of the loopback interface."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time its workers have used so far, user and system (0.0 where the kernel does not tell)."""
        try:
            workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            return sum(_ticks(Path(f"/proc/{worker}/stat").read_text()) for worker in workers) / TICK
        except FileNotFoundError:
            return 0.0


def _ticks(stat: str) -> int:
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def serving(app: str, workers: int, worker_class: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve ``app`` ("module:name") until the body ends; connections wait in the queue until the workers are up."""
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listening:
        command = [
            sys.executable, "-m", "gunicorn", app, "--bind", f"fd://{listening.fileno()}", "--workers", str(workers),
            "--worker-class", worker_class, "--no-control-socket", "--log-level", "warning",
        ]
        inherited = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        process = subprocess.Popen(command, cwd=ROOT, env=inherited, pass_fds=[listening.fileno()])
        try:
            yield Server(port=listening.getsockname()[1], pid=process.pid)
        finally:
            process.terminate()
            process.wait()
