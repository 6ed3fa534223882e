"""Settings, Access for programs: a secret shown once, tokens listed and revoked, none for the demo."""

from __future__ import annotations

from mentor import Journal
from tests.ui.conftest import Start
from tests.ui.test_pages import button, words


def test_a_token_is_shown_until_it_is_copied_and_revoked_later(start: Start, seen: Journal) -> None:
    app = start(page="settings")
    app.text_input(key="token_name").set_value("gold-bot")
    button(app, "Make a token").click().run()
    assert not app.exception
    secret = next(block.value for block in app.main.code if block.value.startswith("mentor_"))
    token = seen.token_of(secret)
    assert token is not None
    assert token.name == "gold-bot"
    button(app, "I have copied it").click().run()
    assert secret not in words(app)
    assert not [block for block in app.main.code if block.value == secret]
    button(app, "Revoke").click().run()
    assert seen.token_of(secret) is None
    assert not [found for found in app.main.button if found.label == "Revoke"]


def test_a_token_needs_a_name(start: Start, seen: Journal) -> None:
    app = start(page="settings")
    button(app, "Make a token").click().run()
    assert "name is empty" in words(app)
    assert seen.tokens() == []
