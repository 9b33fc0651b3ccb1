"""The house keeps its own rules: maps, words, imports, sizes. Each test says in one sentence what must hold."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from jsonschema import Draft7Validator, Draft202012Validator

from catalogue.licences import licence_types
from contracts import ROOMS
from contracts.base import Event
from contracts.documents import Kind
from contracts.people import Role
from deploy.maps import asyncapi, schemas
from deploy.maps.doors import PROJECT, declared, doors, events_made, faults, watches
from deploy.maps.drawings import stale
from plumbing.messaging import permissions
from services import rooms

PACKAGES = ("values", "catalogue", "contracts", "plumbing", "services", "portal", "gate", "deploy", "ptsp")
NOT_OURS = {"data", "__pycache__", "build"}
LONGEST = 300
FORBIDDEN_FOLDERS = {"common", "core", "utils", "util", "helpers", "helper", "platform"}
DOCUMENTED_FROM = 8  # lines: a shorter public function or class may be told by its name alone
DOORS = ("service.py", "_doors.py")  # names of the files of doors end so
# A stranger's PDF may provoke anything in the reader: that it cannot be read is an answer, not a swallowed error.
ANSWERS = {("plumbing/documents/signing.py", "verify")}


def python_files(*packages: str) -> list[Path]:
    """Our own source files below the folders named, or below the whole project."""
    places = [PROJECT / package for package in packages] if packages else folders()
    files = [file for place in places for file in (place.rglob("*.py") if packages else place.glob("*.py"))]
    return sorted(file for file in files if not NOT_OURS & set(file.relative_to(PROJECT).parts[:-1]))


@cache
def folders() -> list[Path]:
    """Every folder of the project that is ours: nothing hidden, nothing made by tools."""

    def below(folder: Path) -> Iterator[Path]:
        yield folder
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.name.startswith(".") and not each.name.endswith(".egg-info"):
                yield from below(each)

    return [f for f in below(PROJECT) if not {"__pycache__", "build"} & set(f.relative_to(PROJECT).parts)]


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# --- maps ------------------------------------------------------------------------------------------------------------


def test_every_event_is_said_and_heard_and_every_command_has_its_door():
    assert faults() == []


def test_maps_schemas_examples_and_asyncapi_are_as_the_code_is():
    assert stale() == [], "draw them anew with `make maps`"


def test_an_event_is_found_where_it_is_made_and_not_where_it_is_only_named():
    source = "\n".join(
        [
            "from contracts import intake as desk",
            "from contracts.retribution import SkrdPaid as Paid",
            "def act(book, event: desk.ItemsRequested):",
            "    if isinstance(event, desk.ResiIssued): book.say(desk.ApplicationWithdrawn(reason='x'))",
            "    book.say(Paid(amount=1))",
            "    other.ApplicationRefused()",
        ]
    )
    assert [event.__name__ for event in events_made(source)] == ["ApplicationWithdrawn", "SkrdPaid"]


@pytest.mark.parametrize("event", declared(Event), ids=lambda e: f"{e.room}.{e.__name__}")
def test_the_example_of_an_event_fits_its_schema_and_its_contract(event):
    example = json.loads((PROJECT / f"contracts/examples/{event.room}.{event.__name__}.json").read_text())
    shape = json.loads((PROJECT / f"contracts/schemas/{schemas.file_name(event)}.json").read_text())
    Draft202012Validator.check_schema(shape)
    Draft202012Validator(shape).validate(example)
    assert event.model_validate(example["data"]) == event.make_example()


@pytest.mark.parametrize("message", schemas.all_messages(), ids=lambda m: f"{m.room}.{m.__name__}")
def test_a_schema_refuses_an_unknown_key_and_a_missing_one(message):
    shape = schemas.schema(message)
    body = Draft202012Validator({"$ref": f"#/$defs/{message.__name__}", "$defs": shape["$defs"]})
    assert body.is_valid(message.example)
    assert not body.is_valid(message.example | {"favour": "please"})
    for name in shape["$defs"][message.__name__].get("required", []):
        assert not body.is_valid({k: v for k, v in message.example.items() if k != name})


def test_the_asyncapi_document_is_valid_asyncapi_3():
    standard = json.loads((PROJECT / "tests/data/asyncapi/3.0.0.json").read_text())
    document = json.loads((PROJECT / "contracts/asyncapi.json").read_text())
    assert [error.message for error in Draft7Validator(standard).iter_errors(document)] == []
    broken = document | {"operations": {"intake.says": {"action": "shout", "channel": {"$ref": "#/channels/x"}}}}
    assert not Draft7Validator(standard).is_valid(broken)


def test_the_asyncapi_document_points_only_at_what_it_holds():
    document = asyncapi.document()

    def pointers(node) -> Iterator[str]:
        if isinstance(node, dict):
            yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
            yield from (ref for value in node.values() for ref in pointers(value))
        elif isinstance(node, list):
            yield from (ref for value in node for ref in pointers(value))

    def held(pointer: str) -> bool:
        place = document
        for step in pointer.removeprefix("#/").split("/"):
            if step not in place:
                return False
            place = place[step]
        return True

    assert [pointer for pointer in pointers(document) if not held(pointer)] == []
    for operation in document["operations"].values():
        assert all(m["$ref"].startswith(operation["channel"]["$ref"] + "/messages/") for m in operation["messages"])


# --- words -----------------------------------------------------------------------------------------------------------


@cache
def glossary() -> set[str]:
    """Every code name of the glossary, in small letters with underscores."""
    page = (PROJECT / "docs/glossary.md").read_text(encoding="utf-8").partition("## Not said here")[0]
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("|") and "---" not in line]
    return {word.lower().replace(" ", "_") for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def unknown_words(name: str) -> list[str]:
    """What is left of a name when the words of the glossary are taken out, the longest first."""
    parts = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower().strip("_").split("_")
    unknown = []
    while parts:
        known = (n for n in range(len(parts), 0, -1) if "_".join(parts[:n]) in glossary())
        taken = next(known, 0)
        if not taken:
            unknown.append(parts[0])
        parts = parts[max(taken, 1) :]
    return unknown


def test_the_glossary_check_knows_a_word_from_a_stranger():
    assert unknown_words("BeritaAcaraVerified") == []
    assert unknown_words("SkrdFrobnicated") == ["frobnicated"]


@pytest.mark.parametrize("message", schemas.all_messages(), ids=lambda m: f"{m.room}.{m.__name__}")
def test_a_message_is_named_in_words_of_the_glossary(message):
    assert unknown_words(message.__name__) == []


def test_rooms_roles_papers_and_handlers_are_named_in_words_of_the_glossary():
    names = [*ROOMS, *Role.__args__, *Kind.__args__, *[door.method.removeprefix("on_") for door in doors()]]
    assert {name: words for name in names if (words := unknown_words(name))} == {}


def test_nouns_of_the_rooms_are_in_the_glossary():
    nouns = {
        node.name: name_of(file)
        for room in ROOMS
        for file in [PROJECT / "services" / room / "model.py", PROJECT / "contracts" / f"{room}.py"]
        if file.exists()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    assert {noun: place for noun, place in nouns.items() if unknown_words(noun)} == {}


def test_an_english_word_has_one_line_in_the_glossary():
    page = (PROJECT / "docs/glossary.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    words = [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]
    assert {word for word in words if words.count(word) > 1} == set()


def test_a_queue_is_named_after_room_handler_publisher_and_event():
    for door in doors():
        if issubclass(door.kind, Event):
            snake = re.sub(r"(?<!^)(?=[A-Z])", "_", door.kind.__name__).lower()
            named = door.method == f"on_{snake}" or door.method.startswith(f"on_{snake}_")
            assert named, "a handler is never renamed: its queue carries the name"
            assert door.queue == f"{door.room}.{door.method}.{door.kind.room}.{door.kind.__name__}"


def test_there_is_one_list_of_rooms():
    assert tuple(rooms.CLASSES) == ROOMS == tuple(permissions.ROOMS)
    folders_with_doors = {path.parent.name for path in (PROJECT / "services").glob("*/service.py")}
    assert folders_with_doors == set(ROOMS)
    assert {service.name for service in rooms.all_services()} == set(ROOMS)


# --- rooms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_only_calls_one_action(room):
    """The body of a door is one call of a function of the same room, its answer returned or not: no decisions."""
    files = [PROJECT / f"services/{room}/service.py", *(PROJECT / f"services/{room}").glob("*_doors.py")]
    classes = [node for file in files for node in tree_of(file).body if isinstance(node, ast.ClassDef)]
    doors_here = [n for cls in classes for n in cls.body if isinstance(n, ast.FunctionDef) and n.decorator_list]
    known = {door.method for door in doors() if door.room == room} | {m for r, m, _ in watches() if r == room}
    assert {method.name for method in doors_here} == known
    for method in doors_here:
        assert len(method.body) == 1, f"{room}.{method.name} does more than one thing"
        call = getattr(method.body[0], "value", None)
        assert isinstance(method.body[0], ast.Return | ast.Expr) and isinstance(call, ast.Call), method.name
        assert isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name), method.name
        assert (PROJECT / "services" / room / f"{call.func.value.id}.py").exists(), f"{method.name} calls no action"
        inner = [n for argument in call.args for n in ast.walk(argument) if isinstance(n, ast.Call | ast.IfExp)]
        assert not inner, f"{room}.{method.name} decides something in its arguments"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_at_its_entrance_what_it_hears_says_and_keeps(room):
    paragraph = ast.get_docstring(tree_of(PROJECT / f"services/{room}/__init__.py")) or ""
    assert [word for word in ("Hears:", "Says:", "Keeps:") if word not in paragraph] == []


def test_money_is_never_a_float():
    money = ["values/rupiah.py", "values/terbilang.py", "catalogue/tariff_book.py", "ptsp/quote/cases.py"]
    places = [*python_files("services/retribution", "catalogue/retribution"), *(PROJECT / place for place in money)]
    floats = [
        f"{name_of(file)}:{node.lineno}"
        for file in places
        for node in ast.walk(tree_of(file))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert floats == []


# --- code ------------------------------------------------------------------------------------------------------------


def test_the_import_rule_holds(capsys):
    verdict = lint_imports(config_filename=str(PROJECT / ".importlinter"), no_cache=True, no_logo=True)
    assert verdict == 0, capsys.readouterr().out


def test_no_folder_has_a_name_that_means_nothing():
    assert [name_of(f) for f in folders() if f.name in FORBIDDEN_FOLDERS] == []


def test_no_file_is_longer_than_a_person_reads_in_one_sitting():
    lengths = {name_of(f): len(f.read_text(encoding="utf-8").splitlines()) for f in python_files(*PACKAGES)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_left_for_later():
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]))
    left = [
        f"{name_of(file)}:{number}"
        for file in python_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert left == []


def silent_handlers(tree: ast.AST, but_not_in: set[str] = frozenset()) -> list[int]:
    """Lines that catch everything and neither raise nor look at what they caught."""
    broad = {"Exception", "BaseException"}
    excused = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and f.name in but_not_in]
    spared = {id(n) for function in excused for n in ast.walk(function)}
    found = []
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler) and id(n) not in spared):
        caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else broad
        inside = [n for statement in node.body for n in ast.walk(statement)]
        used = any(isinstance(n, ast.Name) and n.id == node.name for n in inside)
        told = any(isinstance(n, ast.Attribute) and n.attr in ("exception", "format_exc") for n in inside)
        if caught & broad and not used and not told and not any(isinstance(n, ast.Raise) for n in inside):
            found.append(node.lineno)
    return found


def test_silence_is_heard():
    loud = "try: f()\nexcept Exception as error:\n    note(error)\n"
    assert silent_handlers(ast.parse(loud)) == []
    assert silent_handlers(ast.parse("try: f()\nexcept:\n    pass\n")) == [2]
    assert silent_handlers(ast.parse("try: f()\nexcept (OSError, Exception) as e:\n    x = 1\n")) == [2]


def test_no_error_is_swallowed():
    excused = {place: {function for file, function in ANSWERS if file == place} for place, _ in ANSWERS}
    found = [
        f"{name_of(f)}:{line}"
        for f in python_files(*PACKAGES)
        for line in silent_handlers(tree_of(f), excused.get(name_of(f), set()))
    ]
    assert found == []
    for place, function in ANSWERS:
        assert silent_handlers(tree_of(PROJECT / place)), f"{function} in {place} needs no excuse any more"


def undocumented(file: Path) -> Iterator[str]:
    """Public functions and classes longer than eight lines that say nothing of themselves.

    A class is measured without its methods and without the `example` of a message. Doors are told by the contract of
    what they hear, so the files of doors are not asked.
    """

    def visit(body: list[ast.stmt], owner: str) -> Iterator[str]:
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            apart = [n for n in node.body if isinstance(n, ast.FunctionDef | ast.ClassDef) or _is_example(n)]
            length = (node.end_lineno - node.lineno + 1) - (
                sum(n.end_lineno - n.lineno + 1 for n in apart) if isinstance(node, ast.ClassDef) else 0
            )
            if length > DOCUMENTED_FROM and not ast.get_docstring(node):
                yield f"{name_of(file)}:{node.lineno} {owner}{node.name} ({length} lines)"
            if isinstance(node, ast.ClassDef):
                yield from visit(node.body, f"{node.name}.")

    yield from visit(tree_of(file).body, "")


def _is_example(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "example" for t in node.targets)


def test_what_is_public_and_not_tiny_says_what_it_means():
    places = [f for f in python_files("services", "plumbing", "contracts", "values") if not f.name.endswith(DOORS)]
    assert [line for file in places for line in undocumented(file)] == []


def test_every_module_says_what_it_is():
    assert [
        name_of(f) for f in python_files(*PACKAGES) if f.read_text().strip() and not ast.get_docstring(tree_of(f))
    ] == []


# --- catalogue and papers of the house -------------------------------------------------------------------------------


def test_every_licence_type_loads_and_has_a_path():
    types = licence_types()
    assert len(types) == 66
    for kind in types.values():
        assert kind.stretches[0] == "check_completeness" and kind.stretches[-1] == "archive", kind.code
        assert kind.path.first.act == "check_completeness" and kind.path.steps[-1].act == "archive", kind.code


def test_every_decision_has_its_status_and_date():
    records = sorted((PROJECT / "docs/decisions").glob("*.md"))
    assert len(records) >= 10
    for number, record in enumerate(records, 1):
        text = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04d}-") and text.startswith(f"# {number:04d}. "), record.name
        assert re.search(r"^- Status: (proposed|accepted|superseded by \d{4})$", text, re.M), record.name
        assert re.search(r"^- Date: \d{4}-\d{2}-\d{2}$", text, re.M), record.name
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{record.name} lacks {heading}"


def test_a_decision_that_is_cited_exists():
    records = {record.name for record in (PROJECT / "docs/decisions").glob("*.md")}
    files = [*python_files(), *(PROJECT / "docs").glob("*.md"), PROJECT / ".importlinter"]
    cited = {
        (name_of(file), name)
        for file in files
        for name in re.findall(r"decisions/(\d{4}-[a-z0-9-]+\.md)", file.read_text(encoding="utf-8"))
    }
    assert cited and {(file, name) for file, name in cited if name not in records} == set()


def test_every_direct_dependency_has_its_reason():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = {re.split(r"[=<>\[ ~!]", d)[0] for group in (project["dependencies"], *extras) for d in group}
    page = next((PROJECT / "docs/decisions").glob("0008-*.md")).read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", page, re.M)) == wanted


def test_the_readme_begins_with_the_two_commands():
    lines = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()[:12]
    assert [c for c in ("make demo", "make test") if not any(c in line for line in lines)] == []


def test_links_between_the_papers_lead_somewhere():
    pages = [*(PROJECT / "docs").rglob("*.md"), PROJECT / "README.md", PROJECT / "CHANGELOG.md"]
    dead = [
        f"{name_of(page)} -> {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_test_file_has_a_name_of_its_own():
    """Two of one name in two folders cannot be collected together."""
    names = [file.name for file in (PROJECT / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
