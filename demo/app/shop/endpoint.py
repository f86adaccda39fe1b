"""HTTP endpoint of the worker: /healthz, /metrics and /quote."""

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import redis
from celery.signals import heartbeat_sent, task_failure, task_retry, task_success, worker_ready

from shop.pricing import InvalidOrder, price
from shop.tasks import store

PORT = 9100
# The worker's loop beats every 2 seconds; a loop that hangs takes no tasks.
SILENCE_LIMIT = 10

_counts = Counter()
_lock = threading.Lock()


def _count(signal, state):
    def receive(sender, **_):
        with _lock:
            _counts[sender.name, state] += 1

    signal.connect(receive, weak=False)


_count(task_success, "succeeded")
_count(task_failure, "failed")
_count(task_retry, "retried")


_last_beat = time.monotonic()


@heartbeat_sent.connect
def beat(**_):
    global _last_beat
    _last_beat = time.monotonic()


@worker_ready.connect
def serve(**_):
    """Listen only from here on, so that an answer means that the worker takes tasks."""
    server = Server(("", PORT), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()


class Server(ThreadingHTTPServer):
    # With the default of 5, the sixth client at once waits a second for its SYN to be sent again.
    request_queue_size = 128


class Endpoint(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        routes = {"/healthz": self._healthz, "/metrics": self._metrics, "/quote": self._quote}
        route = routes.get(url.path)
        if route is None:
            self._answer(404, "text/plain", f"no such page: {url.path}\n")
        else:
            route(parse_qs(url.query))

    def _healthz(self, _query):
        silence = time.monotonic() - _last_beat
        if silence > SILENCE_LIMIT:
            self._json(503, {"status": "unavailable", "worker": f"silent for {silence:.0f} s"})
            return
        try:
            store.ping()
        except redis.RedisError as error:
            self._json(503, {"status": "unavailable", "redis": str(error)})
        else:
            self._json(200, {"status": "ok"})

    def _metrics(self, _query):
        with _lock:
            samples = sorted(_counts.items())
        lines = ["# HELP shop_tasks_total Finished tasks.", "# TYPE shop_tasks_total counter"]
        lines += [f'shop_tasks_total{{task="{task}",state="{state}"}} {n}' for (task, state), n in samples]
        self._answer(200, "text/plain; version=0.0.4", "\n".join(lines) + "\n")

    def _quote(self, query):
        """Price without the queue: /quote?line=mug:2&line=poster:1&voucher=SPRING10."""
        try:
            lines = [_parse_line(line) for line in query.get("line", [])]
            self._json(200, price(lines, query.get("voucher", [None])[0]))
        except InvalidOrder as error:
            self._json(400, {"error": str(error)})

    def _json(self, status, body):
        self._answer(status, "application/json", json.dumps(body) + "\n")

    def _answer(self, status, content_type, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Probes ask every few seconds and would drown the log of the tasks."""


def _parse_line(text):
    product, _, quantity = text.partition(":")
    if not quantity.isdecimal():
        raise InvalidOrder(f"a line is product:quantity, got {text}")
    return product, int(quantity)
