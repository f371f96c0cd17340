"""The commands that run until they are told to stop: they start, answer, and end cleanly."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from urllib3.util.retry import Retry

PATIENCE_SECONDS = 60


def a_free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(url: str) -> requests.Response:
    """The answer, as soon as somebody listens there."""
    with requests.Session() as client:
        retry = Retry(total=60, backoff_factor=0.1, backoff_max=1.0)
        client.mount("http://", requests.adapters.HTTPAdapter(max_retries=retry))
        return client.get(url, timeout=10)


@contextmanager
def running(*words: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", "from ivr.cli import main; main()", *words],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        with process:
            yield process
    finally:
        process.kill()


def ended(process: subprocess.Popen[str], by: signal.Signals) -> str:
    """Tell it to stop; what it had said."""
    process.send_signal(by)
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, said
    return said


def production(sqlite_url: str, port: int) -> dict[str, str]:
    return {
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "t" * 32,
        "PUBLIC_BASE_URL": "https://line.example.com",
        "SECRET_KEY": "s" * 32,
        "DATABASE_URL": sqlite_url,
        "PORT": str(port),
    }


def test_the_demo_comes_up_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    line, carrier = a_free_port(), a_free_port()
    words = ("demo", "--port", str(line), "--carrier-port", str(carrier), "--folder", str(tmp_path / "data"))
    with running(*words) as demo:
        assert asked(f"http://127.0.0.1:{line}/readyz").json()["status"] == "ready"
        assert "<title>" in asked(f"http://127.0.0.1:{carrier}/").text
        said = ended(demo, signal.SIGINT)
    assert f"http://127.0.0.1:{carrier}/" in said
    assert "48213" in said
    assert "The demo has ended" in said


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = ("demo", "--port", port, "--carrier-port", "0", "--folder", str(tmp_path))
        with running(*words) as demo:
            said, _ = demo.communicate(timeout=PATIENCE_SECONDS)
    assert demo.returncode == 2
    assert "the demo cannot start" in said
    assert "--port" in said


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with running("demo", "--folder", str(in_the_way)) as demo:
        said, _ = demo.communicate(timeout=PATIENCE_SECONDS)
    assert demo.returncode == 2
    assert "cannot be written" in said


def test_serve_answers_and_ends_when_told(sqlite_url: str) -> None:
    port = a_free_port()
    with running("serve", **production(sqlite_url, port)) as server:
        assert asked(f"http://127.0.0.1:{port}/healthz").json() == {"status": "ok"}
        ready = asked(f"http://127.0.0.1:{port}/readyz")
        assert ready.status_code == 503
        assert "nothing is published" in ready.json()["checks"]["routing"]
        assert requests.post(f"http://127.0.0.1:{port}/voice/incoming", timeout=10).status_code == 403
        ended(server, signal.SIGTERM)


def test_the_worker_ends_when_told(sqlite_url: str) -> None:
    port = a_free_port()
    settings = production(sqlite_url, port)
    with running("worker", **settings) as worker, running("serve", **settings) as server:
        url = f"http://127.0.0.1:{port}/readyz"
        assert any(asked(url).json()["checks"]["worker"] == "ok" for _ in range(200))
        ended(worker, signal.SIGTERM)
        ended(server, signal.SIGTERM)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_that_was_never_migrated_is_a_sentence(command: str, tmp_path: Path) -> None:
    with running(command, **production(f"sqlite:///{tmp_path}/new.db", a_free_port())) as process:
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert "ivr db upgrade" in said
