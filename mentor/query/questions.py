"""Questions somebody asked before, ready to be asked of one's own trades; amounts are of the base currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mentor.messages import Message, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A question in words and in SQL."""

    title: Message
    sql: str


#: By the code that stands in the address.
QUESTIONS: Final[Mapping[str, Ready]] = {
    "symbols": Ready(
        title=message("Which symbols brought money, and which took it?"),
        sql="""SELECT symbol,
       round(sum(net), 2) AS net,
       count(*) AS trades,
       round(avg((net > 0)::INT), 3) AS win_rate,
       round(median(net), 2) AS median_net
FROM trades
GROUP BY symbol
ORDER BY net DESC""",
    ),
    "months": Ready(
        title=message("How did each month go, and what is it in all?"),
        sql="""SELECT month,
       round(sum(net), 2) AS net,
       round(sum(sum(net)) OVER (ORDER BY month), 2) AS net_so_far,
       count(*) AS trades,
       count(DISTINCT session_id) AS sessions
FROM trades
WHERE month IS NOT NULL
GROUP BY month
ORDER BY month""",
    ),
    "hours": Ready(
        title=message("At which hour of entry is money made or lost?"),
        sql="""SELECT hour,
       round(sum(net), 2) AS net,
       round(avg(net), 2) AS mean_net,
       count(*) AS trades,
       count(DISTINCT session_id) AS sessions
FROM trades
WHERE hour IS NOT NULL
GROUP BY hour
ORDER BY hour""",
    ),
    "moods": Ready(
        title=message("What did a session bring, by the mood told before it?"),
        sql="""SELECT coalesce(mood, '-') AS mood_before,
       round(avg(own_net), 2) AS mean_of_a_session,
       round(median(own_net), 2) AS median_of_a_session,
       count(*) AS sessions,
       sum(own_trades) AS trades
FROM sessions
WHERE own_trades > 0
GROUP BY mood_before
ORDER BY sessions DESC""",
    ),
    "after": Ready(
        title=message("How is the next trade of a session after a loss, how after a win?"),
        sql="""WITH closed AS (  -- what was closed at the same moment counts together
    SELECT session_id, closed_local, sum(net) AS net_before
    FROM trades
    GROUP BY ALL
)
SELECT CASE WHEN net_before < 0 THEN 'loss' WHEN net_before > 0 THEN 'win' ELSE 'break_even' END AS trade_before,
       round(avg(net), 2) AS mean_net,
       round(avg((net > 0)::INT), 3) AS win_rate,
       round(avg(lot_size), 3) AS mean_lots,
       count(*) AS trades
FROM trades
ASOF JOIN closed ON trades.session_id = closed.session_id AND trades.entry_local > closed.closed_local
GROUP BY trade_before
ORDER BY trade_before""",
    ),
    "nth": Ready(
        title=message("Is the fifth trade of a session worse than the first?"),
        sql="""WITH numbered AS (
    SELECT net, row_number() OVER (PARTITION BY session_id ORDER BY entry_local, id) AS nth
    FROM trades
    WHERE entry_local IS NOT NULL
)
SELECT least(nth, 10) AS nth_or_later,
       round(avg(net), 2) AS mean_net,
       round(avg((net > 0)::INT), 3) AS win_rate,
       count(*) AS trades
FROM numbered
GROUP BY nth_or_later
ORDER BY nth_or_later""",
    ),
    "holding": Ready(
        title=message("Are losing trades held longer than winning ones?"),
        sql="""SELECT result,
       round(median(holding_minutes), 1) AS median_minutes,
       round(quantile_cont(holding_minutes, 0.75), 1) AS a_quarter_is_longer,
       count(*) AS trades
FROM trades
WHERE holding_minutes IS NOT NULL
GROUP BY result
ORDER BY result""",
    ),
    "fees": Ready(
        title=message("What do fees take, symbol by symbol?"),
        sql="""SELECT symbol,
       round(sum(fees), 2) AS fees,
       round(sum(net + fees), 2) AS gross,
       round(sum(net), 2) AS net,
       count(*) AS trades_with_fees
FROM trades
WHERE fees IS NOT NULL
GROUP BY symbol
ORDER BY fees DESC""",
    ),
    "stops": Ready(
        title=message("What is different with a stop?"),
        sql="""SELECT coalesce(stop, '-') AS stop,
       round(avg(net), 2) AS mean_net,
       round(min(net), 2) AS worst,
       round(avg((net > 0)::INT), 3) AS win_rate,
       count(*) AS trades
FROM trades
GROUP BY ALL
ORDER BY trades DESC""",
    ),
    "worst": Ready(
        title=message("Which were my ten worst sessions?"),
        sql="""SELECT session_date,
       round(net, 2) AS net,
       trades,
       mood,
       market
FROM sessions
ORDER BY net
LIMIT 10""",
    ),
}
