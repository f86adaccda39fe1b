"""Prices of the shop, in cents."""

CATALOG = {"mug": 1200, "shirt": 2500, "poster": 800}
VOUCHERS = {"SPRING10": 10, "STAFF50": 50}
SHIPPING = 490
FREE_SHIPPING_FROM = 5000


class InvalidOrder(ValueError):
    """The customer has to change the order; trying again does not help."""


def price(lines, voucher=None):
    """Price `lines`, a list of [product, quantity], and return every part of the total."""
    if not lines:
        raise InvalidOrder("an order needs at least one line")
    subtotal = sum(_line_price(product, quantity) for product, quantity in lines)
    discount = subtotal * _discount_percent(voucher) // 100
    goods = subtotal - discount
    shipping = 0 if goods >= FREE_SHIPPING_FROM else SHIPPING
    return {
        "subtotal": subtotal,
        "discount": discount,
        "shipping": shipping,
        "total": goods + shipping,
    }


def _line_price(product, quantity):
    if product not in CATALOG:
        raise InvalidOrder(f"unknown product: {product}")
    if quantity < 1:
        raise InvalidOrder(f"quantity of {product} must be at least 1, got {quantity}")
    return CATALOG[product] * quantity


def _discount_percent(voucher):
    if voucher is None:
        return 0
    if voucher not in VOUCHERS:
        raise InvalidOrder(f"unknown voucher: {voucher}")
    return VOUCHERS[voucher]
