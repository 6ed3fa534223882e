"""The door on a fresh journal with a fixed clock, and a program that has a token."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mentor import Journal
from mentor.api.door import Door
from mentor.api.middleware import Edge
from mentor.api.routes import routes
from tests.api.client import Client


@pytest.fixture
def stranger(journal: Journal) -> Client:
    """A program without a token."""
    return Client(Starlette(routes=routes(Door(lambda: journal)), middleware=[Middleware(Edge)]))


@pytest.fixture
def program(journal: Journal, stranger: Client) -> Client:
    return Client(stranger.application, journal.create_token("robot"))
