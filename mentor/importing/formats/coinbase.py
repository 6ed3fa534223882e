"""Coinbase: the fills of Coinbase Advanced and of Coinbase Pro (CSV)."""

from __future__ import annotations

from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

FORMAT = declare(
    "coinbase",
    message("Coinbase fills (CSV)"),
    Layout(
        needs=("trade id", "product", "side", "created at", "size", "price", "fee", "total"),
        columns={
            "symbol": "product",
            "side": "side",
            "size": "size",
            "price": "price",
            "time": "created at",
            "amount": "total",
            "currency": "price/fee/total unit",
            "account": "portfolio",
            "external_id": "product + trade id",
        },
        costs={"fee": "paid"},
        shorts="stated",
        asset="crypto",
        zone="UTC",
        date_order="ymd",
    ),
)
