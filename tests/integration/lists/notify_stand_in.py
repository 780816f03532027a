"""A server of ours in GOV.UK Notify's place: keeps what it is sent, and answers by reference as Notify does."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlparse


class StandIn(ThreadingHTTPServer):
    """What came in, and how the next message is answered."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.sent, self.answer = [], 201

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Authorization"].startswith("Bearer ")
        if self.server.answer == 201:
            self.server.sent.append(body)
        self.reply(self.server.answer, {"id": "1", "errors": [{"error": "BadRequestError", "message": "no"}]})

    def do_GET(self):
        wanted = parse_qs(urlparse(self.path).query)["reference"][0]
        self.reply(
            200,
            {
                "notifications": [each for each in self.server.sent if each["reference"] == wanted],
                "links": {},
            },
        )

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args):
        """Nothing on the terminal."""


@contextmanager
def stand_in():
    server = StandIn()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
