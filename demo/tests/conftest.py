import os
import uuid

import pytest
from celery import Celery


def pytest_collection_modifyitems(config, items):
    """Keep this shard's share of the tests when kubesuite runs the suite in shards."""
    index = int(os.environ.get("KUBESUITE_SHARD_INDEX", 1))
    total = int(os.environ.get("KUBESUITE_SHARD_TOTAL", 1))
    config.hook.pytest_deselected(items=[item for n, item in enumerate(items) if n % total != index - 1])
    items[:] = items[index - 1 :: total]


@pytest.fixture(scope="session")
def shop():
    """Client of the shop's queue: knows the tasks by name only, as any other service would."""
    url = f"redis://{os.environ['REDIS_HOST']}:6379/0"
    app = Celery("tests", broker=url, backend=url)
    app.conf.update(
        task_default_queue="shop",
        # A broker that is not there fails a test in a second and not in twenty.
        task_publish_retry=False,
        result_backend_transport_options={"retry_policy": {"max_retries": 1}},
    )
    with app:
        yield app


@pytest.fixture
def ask(shop):
    """Run a task and return its result, or raise its error."""

    def ask(task, *args, timeout=20):
        return shop.send_task(task, args).get(timeout=timeout)

    return ask


@pytest.fixture
def key():
    """Name of an order that no other test and no other run uses."""
    return f"test-{uuid.uuid4()}"
