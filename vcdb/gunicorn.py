"""The web server: threads that share a small pool of connections, two processes for two cores."""

import gc
import os


def post_worker_init(worker: object) -> None:
    """What the start has loaded stays: collecting garbage need not look through it in the middle of a page."""
    gc.collect()
    gc.freeze()


bind = f"{os.environ.get('VCDB_BIND', '127.0.0.1')}:{os.environ.get('VCDB_PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("VCDB_WEB_PROCESSES", "2"))
threads = 4
timeout = 60
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
# The proxy in front logs addresses; paths carry random ids, but one log of them is enough.
accesslog = None
errorlog = "-"
loglevel = "warning"
