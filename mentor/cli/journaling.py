"""`mood` and `log-trade`: what happens today is written down."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from mentor.cli.journals import made_if_missing
from mentor.cli.output import complain, say
from mentor.cli.values import a_number
from mentor.i18n import evidence
from mentor.i18n.language import _
from mentor.models import EMOTIONS, MARKETS


def describe(commands: Any) -> None:
    mood = commands.add_parser("mood", help=_("check in: how do you feel now?"))
    own_word = _("one of {words}, or your own word", words=", ".join(EMOTIONS))
    mood.add_argument("emotion", metavar="EMOTION", help=own_word)
    mood.add_argument("--intensity", metavar="1-5", type=int, help=_("how strongly"))
    own_word = _("one of {words}, or your own word", words=", ".join(MARKETS))
    mood.add_argument("--market", metavar="WORD", help=own_word)
    mood.add_argument("--note", metavar="TEXT", default="")
    mood.set_defaults(run=_mood)
    _describe_trade(commands)


def _describe_trade(commands: Any) -> None:
    trade = commands.add_parser("log-trade", help=_("log a trade closed today"))
    trade.add_argument("symbol", metavar="SYMBOL")
    trade.add_argument(
        "profit_loss", metavar="PROFIT", type=a_number, help=_("net, in the journal's currency; -12.5 lost")
    )
    trade.add_argument("lot_size", metavar="LOTS", type=a_number)
    trade.add_argument("--bot", metavar="ID", type=int, default=0, help=_("number of the bot (default: 0, by hand)"))
    trade.add_argument("--stop-hit", action="store_true", help=_("the exit was the stop"))
    trade.add_argument("--target-hit", action="store_true", help=_("the exit was the target"))
    trade.add_argument("--risk", metavar="PERCENT", type=a_number, help=_("percent of the account risked"))
    trade.add_argument("--strategy", metavar="NAME", default="")
    trade.set_defaults(run=_log_trade)


def _mood(given: argparse.Namespace) -> int:
    with made_if_missing(given) as journal:
        journal.check_in(
            given.emotion,
            intensity=given.intensity,
            market_conditions=given.market,
            note=given.note,
            source="command line",
        )
        say(_("Checked in {emotion} for {day}.", emotion=given.emotion, day=journal.today()))
    if given.emotion.strip() not in EMOTIONS:
        complain(
            _(
                "Note: {emotion} is a word of your own. Mentor's words are {words}.",
                emotion=given.emotion,
                words=", ".join(EMOTIONS),
            )
        )
    return 0


def _log_trade(given: argparse.Namespace) -> int:
    with made_if_missing(given) as journal:
        trade_id = journal.log_trade_for_ai_analysis(
            given.bot,
            given.symbol,
            given.profit_loss,
            given.lot_size,
            stop_loss_used=given.stop_hit,
            take_profit_used=given.target_hit,
            risk_percent=given.risk,
            strategy_used=given.strategy,
        )
        say(
            _(
                "Logged trade {id}: {symbol} {profit_loss} in the session of {day}.",
                id=trade_id,
                symbol=given.symbol,
                profit_loss=_amount(given.profit_loss),
                day=journal.today(),
            )
        )
    return 0


def _amount(value: float) -> str:
    """With its sign and every decimal that was typed."""
    exponent = Decimal(f"{value:.15g}").as_tuple().exponent
    return evidence.signed(value, max(0, -int(exponent)))
