"""Rules of an order, from the customer's side. The suite runs in two shards."""

import pytest

CASES = {
    "one mug": ([["mug", 1]], None, 1690),
    "two mugs": ([["mug", 2]], None, 2890),
    "a shirt and a poster": ([["shirt", 1], ["poster", 1]], None, 3790),
    "just below free shipping": ([["mug", 2], ["shirt", 1]], None, 5390),
    "free shipping from 50 euros": ([["shirt", 2]], None, 5000),
    "ten percent off": ([["poster", 1]], "SPRING10", 1210),
    "the voucher counts before free shipping": ([["shirt", 2]], "SPRING10", 4990),
    "half price for staff": ([["shirt", 4]], "STAFF50", 5000),
}


@pytest.mark.parametrize(("lines", "voucher", "total"), CASES.values(), ids=CASES.keys())
def test_total(ask, key, lines, voucher, total):
    assert ask("shop.place_order", key, lines, voucher)["total"] == total


@pytest.mark.parametrize(
    ("lines", "voucher", "complaint"),
    [
        ([], None, "at least one line"),
        ([["mug", 0]], None, "quantity of mug"),
        ([["mug", -1]], None, "quantity of mug"),
        ([["mug", 1]], "EXPIRED", "unknown voucher"),
    ],
)
def test_refused(ask, key, lines, voucher, complaint):
    with pytest.raises(Exception, match=complaint):
        ask("shop.place_order", key, lines, voucher)


def test_the_same_key_places_one_order(ask, key):
    first = ask("shop.place_order", key, [["mug", 1]])
    second = ask("shop.place_order", key, [["shirt", 9]])
    assert first["created"]
    assert second == {**first, "created": False}


def test_a_refused_order_can_be_placed_once_corrected(ask, key):
    with pytest.raises(Exception, match="unknown product"):
        ask("shop.place_order", key, [["mgu", 1]])
    assert ask("shop.place_order", key, [["mug", 1]])["created"]


def test_parallel_clicks_place_one_order(shop, key):
    clicks = [shop.send_task("shop.place_order", [key, [["mug", 1]]]) for _ in range(10)]
    orders = [click.get(timeout=20) for click in clicks]
    assert sum(order["created"] for order in orders) == 1
    assert {order["total"] for order in orders} == {1690}
