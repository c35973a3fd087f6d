"""One command starts everything and ends everything, on whatever machine and terminal."""

import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from marketplace import run


def wait_until(probe):
    deadline = time.monotonic() + 10
    while not probe():
        assert time.monotonic() < deadline
        time.sleep(0.05)


SCRIPT = """
import os, signal, sys, time
from marketplace import run

def end(processes):
    print(processes[0].running.pid, flush=True)
    os.kill(os.getpid(), getattr(signal, sign))
    time.sleep(20)

sign = sys.argv.pop()
run.prepare = lambda *, companies: None
run.list_processes = lambda port: [run.Process("sleeper", ["sleep", "60"])]
run.wait_until_it_answers = run.announce = lambda port: None
run.watch = end
sys.argv += ["--port", "0"]
sys.exit(run.main())
"""


@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_and_a_closed_terminal_end_every_process(sign):
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, sign], capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert not Path("/proc", ended.stdout.split()[0]).exists()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words):
        pass


def test_the_site_is_found_where_a_proxy_stands_in_the_environment(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setattr(run, "ANSWER_SECONDS", 3)
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            run.wait_until_it_answers(server.server_port)
        finally:
            server.shutdown()


def test_children_of_a_killed_process_end_before_it_starts_again(tmp_path):
    note = tmp_path / "child"
    process = run.Process("parent", ["sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
    process.start()
    wait_until(lambda: note.exists() and note.read_text().strip())
    child = Path("/proc", note.read_text().strip())
    process.running.kill()
    process.running.wait()
    process.start_again()
    wait_until(lambda: not child.exists() or "Z" in child.joinpath("stat").read_text().split()[2])
    process.kill()
    process.running.wait()
