"""The document of the API: it is OpenAPI 3.1, its examples are what it says they are, nothing is left undescribed."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.datastructures import State

from catalogue.editions import editions
from catalogue.licences import licence_types
from catalogue.standards_book import service_standards
from contracts.base import Command, Query
from portal.api import about, offers
from portal.api.application import BASE, create_api
from portal.api.description import document
from portal.api.doors import asked_for, bus_schema
from portal.api.problems import TITLES
from tests.documented import ANSWERS

DOCUMENT = document(create_api(State()).app)
OPERATIONS = {
    operation["operationId"]: (way, address, operation)
    for address, ways in DOCUMENT["paths"].items()
    for way, operation in ways.items()
}


def against(schema: dict[str, Any], value: Any) -> list[str]:
    """What is wrong with the value, held against a schema of the document."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in the document that describes an object."""
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for below in node.values():
            yield from schemas(below)
    elif isinstance(node, list):
        for below in node:
            yield from schemas(below)


def test_it_is_openapi_3_1_and_tells_where_the_api_is():
    assert DOCUMENT["openapi"].startswith("3.1.") and DOCUMENT["servers"] == [{"url": "/api/v1"}]
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT
    used = {tag for _, _, operation in OPERATIONS.values() for tag in operation["tags"]}
    assert {tag["name"] for tag in DOCUMENT["tags"]} == used


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_example_is_what_the_document_says_it_is(name: str):
    _, _, operation = OPERATIONS[name]
    for status, answer in operation["responses"].items():
        for kind, content in answer.get("content", {}).items():
            assert against(content["schema"], content["example"]) == [], (status, kind)
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert against(shape, {"favour": "please"}) != []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_tells_every_status_and_says_what_it_is_for(name: str):
    way, address, operation = OPERATIONS[name]
    told = set(operation["responses"])
    assert {"200", "400", "406", "422"} <= told and operation["summary"] and operation["description"]
    assert ("304" in told) == (way == "get")
    asks_the_board = operation["tags"] != ["catalogue"]
    assert ({"429", "503"} <= told) == asks_the_board
    bodies = {"papers": ("too_large", "not_a_pdf"), "payments": ("too_large", "not_signed")}
    takes = bodies.get(operation["tags"][0], ("no_token", "not_allowed", "too_large"))
    assert {TITLES[code][0] for code in takes} <= {int(s) for s in told} or way == "get"
    assert all(each["schema"] and each["description"] for each in operation.get("parameters", [])), address


def test_every_type_in_every_edition_and_every_service_is_told_in_the_shape_of_the_document():
    for edition in editions():
        for code in licence_types(edition):
            assert offers.get_licence_type(code, edition).edition == edition
    for code in service_standards():
        assert offers.get_service(code).code == code


def test_what_every_command_and_question_answers_is_shown():
    assert set(ANSWERS) == {bus_schema(each) for each in (*asked_for(Command), *asked_for(Query))}
    assert [name for name, answer in ANSWERS.items() if not answer] == []


def test_the_page_for_people_names_every_address_and_no_other():
    rooms = r"/(commands|queries)/[a-z_]+/[A-Za-z]+"
    described = {
        (way.upper(), re.sub(rf"^{rooms}$", r"/\1/{room}/{Name}", address)) for way, address, _ in OPERATIONS.values()
    }
    named = {tuple(re.split(r"[ ?]", words)[:2]) for words, _ in about.ANSWERS}
    assert named == {(way, BASE + address) for way, address in described}


def test_what_is_answered_has_no_key_that_is_not_described():
    shapes = [shape for shape in schemas(DOCUMENT["components"]) if "properties" in shape]
    assert len(shapes) > 40
    assert [shape["title"] for shape in shapes if shape.get("additionalProperties") is not False] == []
