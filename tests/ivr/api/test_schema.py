"""The API answers as its document says, whatever it is sent: requests made up from the document by a fuzzer."""

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.ivr.api.conftest import Program

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection,
]
REQUESTS = 12
"""Of each operation, with what the document allows, and as many with what it does not."""
FEWEST = 25
"""Operations; a document that lost its addresses would conform to everything."""


def test_every_operation_answers_as_the_document_says(app: Flask, anything: Program) -> None:
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in document.get_all_operations()]

    for operation in operations:
        for mode in GenerationMode:
            ask(operation, mode, anything)

    assert len(operations) >= FEWEST


def ask(operation: APIOperation, mode: GenerationMode, program: Program) -> None:
    # Derandomized: a test run finds the same as the one before, or the code has changed.
    @settings(
        max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def conforms(case: Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {program.token}"}, checks=CHECKS)

    conforms()
