"""Celery tasks of the shop; Redis is the broker, the result backend and the order book."""

import json
import os
import time

import redis
from celery import Celery

from shop.pricing import InvalidOrder, price

REDIS_URL = f"redis://{os.environ.get('REDIS_HOST', 'celery-redis')}:6379/0"

app = Celery("shop", broker=REDIS_URL, backend=REDIS_URL)
app.conf.update(
    task_default_queue="shop",
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    result_expires=600,
    # Without it, a worker that starts before Redis can wait for ever on its first connection.
    broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 5},
)

store = redis.Redis.from_url(REDIS_URL, socket_timeout=2)


class GatewayDown(ConnectionError):
    """The payment gateway did not answer; the next attempt may succeed."""


@app.task(name="shop.price_order", throws=(InvalidOrder,))
def price_order(lines, voucher=None):
    return price(lines, voucher)


@app.task(name="shop.place_order", throws=(InvalidOrder,))
def place_order(key, lines, voucher=None):
    """Place an order once: the same idempotency key always returns the first order."""
    order = {"key": key, **price(lines, voucher)}
    created = store.set(f"shop:order:{key}", json.dumps(order), nx=True, ex=600)
    if created:
        store.incr("shop:orders")
        return {**order, "created": True}
    return {**json.loads(store.get(f"shop:order:{key}")), "created": False}


@app.task(name="shop.charge", autoretry_for=(GatewayDown,), max_retries=3, default_retry_delay=0.2)
def charge(order, outages=0):
    """Charge an order through a gateway that is down for the first `outages` attempts."""
    attempts = store.incr(f"shop:charge:{order}")
    store.expire(f"shop:charge:{order}", 600)
    if attempts <= outages:
        raise GatewayDown(f"no answer to attempt {attempts} for {order}")
    return {"order": order, "attempts": attempts}


@app.task(name="shop.pack")
def pack(order, seconds):
    """Packing takes its time and must not hold up other orders."""
    time.sleep(seconds)
    return f"{order} packed"
