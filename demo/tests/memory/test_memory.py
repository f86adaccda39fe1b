"""The suite's memory limit is real: who goes beyond it is killed."""

import os
import signal
from pathlib import Path

import pytest

EXPECTED = int(os.environ["EXPECTED_MEMORY_BYTES"])
CGROUP = Path("/sys/fs/cgroup")
MIB = 1024 * 1024


def first_file(*names):
    return next((CGROUP / name for name in names if (CGROUP / name).exists()), None)


def kills_whole_container():
    group = first_file("memory.oom.group")
    return group is not None and group.read_text().strip() == "1"


def allocate(size):
    """Fork a child that fills `size` bytes, and return the signal that ended it, or None."""
    pid = os.fork()
    if pid == 0:
        block = bytearray(size)
        block[::4096] = b"x" * len(range(0, size, 4096))
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None


def test_the_limit_is_the_declared_one():
    limit = first_file("memory.max", "memory/memory.limit_in_bytes")
    assert int(limit.read_text()) == EXPECTED


def test_half_of_the_limit_can_be_used():
    assert allocate(EXPECTED // 2) is None


@pytest.mark.skipif(kills_whole_container(), reason="the kubelet kills the whole container (memory.oom.group)")
def test_more_than_the_limit_is_killed():
    assert allocate(EXPECTED + 64 * MIB) == signal.SIGKILL
