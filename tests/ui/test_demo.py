"""The demo: a file of its own, shown under a banner, and no row of it in the trader's journal."""

from __future__ import annotations

from mentor import Journal
from mentor.demo import demo_path
from tests.ui.conftest import Start, open_page
from tests.ui.test_checkins import check_in
from tests.ui.test_pages import button, words


def test_the_demo_is_shown_everywhere_until_the_way_back(start: Start) -> None:
    app = start()
    button(app, "Look at a demo").click().run()
    assert not app.exception
    for page in ("today", "trades", "history", "session", "imports", "settings", "dashboard"):
        open_page(app, page)
        assert not app.exception, page
        assert "An invented trader's journal" in words(app), page
    assert "The journal is empty" not in words(app)
    button(app, "Back to my journal").click().run()
    assert "The journal is empty" in words(app)
    assert "invented trader's journal" not in words(app)


def test_nothing_done_in_the_demo_reaches_the_own_journal(start: Start, seen: Journal) -> None:
    app = start(page="trades")
    button(app, "Look at a demo").click().run()
    check_in(app, "takut")
    assert (seen.sessions(), len(seen.trades())) == ([], 0)
    with Journal.open(demo_path(seen.path)) as demo:
        assert [told.emotion for told in demo.check_ins(demo.today())] == ["takut"]


def test_another_visitor_sees_their_own_journal(start: Start) -> None:
    button(start(page="trades"), "Look at a demo").click().run()
    assert "The journal is empty" in words(start(page="trades"))


def test_a_demo_that_is_there_is_not_filled_again(start: Start, seen: Journal) -> None:
    app = start(page="trades")
    button(app, "Look at a demo").click().run()
    with Journal.open(demo_path(seen.path)) as demo:
        before = len(demo.trades())
    button(app, "Back to my journal").click().run()
    button(app, "Look at a demo").click().run()
    assert not app.error
    with Journal.open(demo_path(seen.path)) as demo:
        assert len(demo.trades()) == before > 0
