"""Review: a week or a month beside the trader's own, what came with it, and three questions to think about."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, current, data, filters, review_data, review_view, screens, starting

st.title(_("Review"), anchor=False)
period = review_view.choose(current.journal().today())
review_view.draw_title(period, current.journal().today())
filters.say_unused()
shown = review_data.review(period)

if data.is_empty():
    starting.journal_is_empty()
elif shown is None:
    pass  # its place says how far it is
elif shown.found.totals is None:
    starting.empty(_("No closed trade in this period"), _("Choose another one above."), screens.history())
    review_view.offer_newest(period)
else:
    cards.headline(shown.found.performance, shown.currency)
    review_view.draw_comparison(shown)
    review_view.draw_days(shown)
    asking = st.container()
    review_view.draw_risk(shown)
    review_view.draw_moods(shown)
    review_view.draw_habits(shown, asking)
    review_view.draw_advice(shown)
