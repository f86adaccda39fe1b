import unittest

import pytest


@pytest.fixture
def broken_redis():
    raise RuntimeError("no redis")


@pytest.mark.parametrize("total", [1, 2, 3])
def test_totals(total):
    assert total < 3


def test_adds():
    assert 1 + 1 == 2


def test_needs_redis(broken_redis):
    pass


@pytest.mark.skip(reason="not today")
def test_skipped():
    pass


@pytest.mark.xfail(reason="known")
def test_expected():
    assert 1 == 2


class TestCart:
    class TestEmpty:
        def test_costs_nothing(self):
            assert sum([]) == 0


class Legacy(unittest.TestCase):
    def test_passes(self):
        self.assertTrue(True)
