"""The published description holds: whatever it allows is answered as it says, and never with a fault of ours."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from mentor import Journal
from mentor.api.door import Door
from mentor.api.limits import Limit
from mentor.api.openapi import document
from mentor.api.routes import routes
from tests.api.client import Client
from tests.faults.programs import FULL

CHECKS = (
    *(not_a_server_error, status_code_conformance, content_type_conformance),
    *(response_schema_conformance, ignored_auth),
)
OPERATIONS = [(method, path) for path, methods in document()["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_door_answers_as_described(method: str, path: str, journal: Journal) -> None:
    door = Door(lambda: journal)
    door._requests = door._failures = Limit(rate=1e9, burst=10**9)
    headers = {"Authorization": f"Bearer {journal.create_token('described')}", "Accept": "application/json"}
    described = schemathesis.openapi.from_asgi("/api/openapi.json", Starlette(routes=routes(door)), headers=headers)

    @given(case=described[path][method.upper()].as_strategy())
    @settings(max_examples=200 if FULL else 15, suppress_health_check=list(HealthCheck), database=None)
    def answered(case: schemathesis.Case) -> None:
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    answered()


def test_the_served_description_is_the_same(program: Client) -> None:
    assert program.get("/api/openapi.json").json == document()
