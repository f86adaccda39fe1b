"""The worker, through the queue."""

import pytest

MUG = [["mug", 1]]


def test_prices_an_order(ask):
    assert ask("shop.price_order", MUG) == {"subtotal": 1200, "discount": 0, "shipping": 490, "total": 1690}


def test_reports_the_error_of_an_invalid_order(ask):
    with pytest.raises(Exception, match="unknown product: unicorn"):
        ask("shop.price_order", [["unicorn", 1]])


def test_retries_a_charge_until_the_gateway_answers(ask, key):
    assert ask("shop.charge", key, 2) == {"order": key, "attempts": 3}


def test_gives_up_when_the_gateway_stays_down(ask, key):
    with pytest.raises(Exception, match="no answer to attempt 4"):
        ask("shop.charge", key, 99)


def test_slow_orders_do_not_hold_up_others(shop, ask):
    slow = shop.send_task("shop.pack", ["slow", 3])
    ask("shop.price_order", MUG)
    assert not slow.ready()
    assert slow.get(timeout=20) == "slow packed"
