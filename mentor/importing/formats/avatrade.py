"""AvaTrade's futures orders, in German: the order list of TradingView's panel with a column for the activation."""

from __future__ import annotations

from mentor.importing.formats.declared import declare
from mentor.importing.formats.tradingview_orders import list_of_orders
from mentor.messages import message

FORMAT = declare(
    "avatrade",
    message("AvaTrade orders, German (CSV)"),
    list_of_orders("Symbol", "Seite", "Durchschnittlicher Erfüllungspreis", "Status Zeit", "Aktiv bei"),
)
