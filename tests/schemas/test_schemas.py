"""The schemas take what the readers take, and refuse what they refuse, as far as one value alone shows it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier import frontmatter, urls
from dossier.diagnostics import Severity
from dossier.documents import parse, shapes
from dossier.documents.shapes import shape_of
from dossier.findings.codes import CODES
from dossier.schemas import KINDS, Kind, schema
from dossier.schemas.kinds import kind_of
from tests.conftest import REPOSITORY
from tests.schemas.core_schema import value

SCHEMAS = {name: schema(kind) for name, kind in KINDS.items()}
VALIDATORS = {name: jsonschema.Draft7Validator(made) for name, made in SCHEMAS.items()}
BAD_IN_PLACE = sorted((REPOSITORY / "tests" / "broken" / "one-file").iterdir())
# Findings that take more than one value, or more than a key's place in its mapping, to see.
BEYOND = {
    *("date-order", "repeated-item", "duplicate-id", "duplicate-alias", "duplicate-key", "too-long"),
    *("bad-id", "bad-url", "bad-alias", "bad-folder", "citation-style"),
}


def path_of(kind: Kind) -> str:
    return kind.place.replace("**/*", "a")


def written(held: Any) -> str:
    return json.dumps(held, ensure_ascii=False)


def text_of(kind: Kind, fields: dict[str, Any]) -> str:
    """A file with these values. YAML takes JSON's as they are."""
    lines = "".join(f"{written(key)}: {written(held)}\n" for key, held in fields.items())
    return f"---\n{lines}---\n" if kind.place.endswith(".md") else lines


def errors(kind: Kind, text: str) -> list[str]:
    """The codes of the errors that the reader finds in a file."""
    found = parse(path_of(kind), text.encode()).diagnostics
    return [finding.code for finding in found if finding.severity == Severity.ERROR]


def refused(kind: Kind, fields: Any) -> list[str]:
    return [error.message for error in VALIDATORS[kind.name].iter_errors(fields)]


# ---------------------------------------------------------------- what there is


@pytest.mark.parametrize("name", KINDS)
def test_each_is_a_schema_of_draft_7(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])


def tables(shape: shapes.Shape) -> Iterator[shapes.Keys]:
    """A mapping's shape, and those of all mappings within it."""
    if isinstance(shape, shapes.Many):
        yield from tables(shape.item)
    elif isinstance(shape, shapes.Keys):
        yield shape
        for reader in shape.table.values():
            yield from tables(shape_of(reader))


def objects(made: Any) -> Iterator[dict[str, Any]]:
    """The mappings that a schema describes by their keys."""
    if isinstance(made, dict):
        if "properties" in made and isinstance(made["properties"], dict):
            yield made
        for held in made.values():
            yield from objects(held)
    elif isinstance(made, list):
        for held in made:
            yield from objects(held)


@pytest.mark.parametrize("name", KINDS)
def test_every_key_that_is_read_is_in_the_schema_and_no_other(name: str) -> None:
    in_tables = {frozenset(shape.table) for shape in tables(KINDS[name].shape)}
    in_schema = {frozenset(made["properties"]) for made in objects(SCHEMAS[name])}
    codes = frozenset(code for code, known in CODES.items() if not known.fixed)
    assert in_schema - {codes} == in_tables
    for made in objects(SCHEMAS[name]):
        assert made["additionalProperties"] is False
        assert all(known["description"] for known in made["properties"].values())


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if not kind.keyed])
def test_what_must_be_given_must_be_given(name: str) -> None:
    kind = KINDS[name]
    missing = {code.removeprefix("missing-") for code in errors(kind, text_of(kind, {}))}
    assert missing == set(kind.shape.required) == set(SCHEMAS[name]["required"])


def test_every_choice_is_offered() -> None:
    """What editors offer for a key is what its reader takes, and nothing else is taken."""
    kind = KINDS["article"]
    for key in ("kind", "rights", "text", "obtained"):
        (offered,) = (one["enum"] for one in SCHEMAS["article"]["properties"][key]["anyOf"] if "enum" in one)
        for word in offered:
            assert errors(kind, text_of(kind, {"title": "T", key: word})) == []
        hint = parse(path_of(kind), text_of(kind, {"title": "T", key: "zzz"}).encode()).diagnostics[0].hint
        assert hint == f"write one of: {', '.join(offered)}"


def test_files_have_the_schema_of_their_kind() -> None:
    assert kind_of("content/people.yaml") is KINDS["people"]
    assert kind_of("content/notes/2020/n.md") is KINDS["note"]
    assert kind_of("site.yaml") is KINDS["site"]
    assert kind_of("content/links.yaml") is KINDS["links"]
    assert kind_of("README.md") is None


# ---------------------------------------------------------------- real files


def real_files() -> list[str]:
    found = [
        *REPOSITORY.glob("content/**/*.md"),
        *REPOSITORY.glob("content/*.yaml"),
        REPOSITORY / "site.yaml",
    ]
    return sorted(path.relative_to(REPOSITORY).as_posix() for path in found)


def test_this_dossier_is_as_the_schemas_want_it() -> None:
    for path in real_files():
        assert problems(path, (REPOSITORY / path).read_bytes()) == [], path


def problems(path: str, data: bytes) -> list[str]:
    """What the schema has against a file."""
    kind = kind_of(path)
    assert kind is not None, path
    read = frontmatter.read_document if path.endswith(".md") else frontmatter.read_yaml_file
    fields = read(path, data).fields
    return [] if fields is None else refused(kind, value(fields))


SEEN_IN_ONE_VALUE = re.compile(
    r"unknown-key|unknown-choice|wrong-type-(?!register-list)|missing-title|missing-name"
    r"|missing-date|missing-state|bad-date-(?!impossible)|out-of-range|empty-list-item-(?!comma)|bad-language|unknown-code|fixed-code"
)


@pytest.mark.parametrize(
    "case", [case for case in BAD_IN_PLACE if SEEN_IN_ONE_VALUE.match(case.name)], ids=lambda case: case.name
)
def test_files_with_mistakes_are_refused(case: Any) -> None:
    files = [path for path in case.rglob("*") if path.is_file() and path.name != "expected.txt"]
    assert any(problems(path.relative_to(case).as_posix(), path.read_bytes()) for path in files)


# ---------------------------------------------------------------- made files

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12)
SAID = WORDS.filter(lambda text: text.strip() != "")
IDS = st.from_regex(r"[a-zé٣][a-z0-9é-]{0,8}", fullmatch=True).filter(lambda text: not urls.id_problem(text))
DATES = st.sampled_from(
    ["2020-02-12", "2020-02", "2020", 2020, "2020-02-12T14:30:00Z", "2020-02-12 14:30 +0100"]
)
DAYS = st.sampled_from(["2020-02-12", "2020-02-12T14:30:00+01"])
MATCHING = {
    "url": st.sampled_from(["https://example.org/a", "HTTP://example.org"]),
    "archive_url": st.just("https://example.org/a"),
    "language": st.sampled_from(["de", "pt-BR", "zh-Hans", "ca-valencia"]),
    "capture": st.just("sha256:" + "0aF" * 21 + "0"),
    "theme": st.sampled_from(["briefing", 2020, "true"]),
    "captures": st.sampled_from(["captures", "../captures", "a/b/"]),
    "contact": st.sampled_from(["desk@example.org", "https://example.org/desk"]),
}


def taken(shape: shapes.Shape, key: str) -> st.SearchStrategy[Any]:  # noqa: C901, a case for each shape
    """Values that a reader takes."""
    match shape:
        case shapes.Many(item):
            made = taken(item, key)
            as_text = isinstance(item, shapes.Text | shapes.Link)
            return st.lists(made.filter(bool) if as_text else made, max_size=2)
        case shapes.Keys(table, required):
            return mapping(table, required)
        case shapes.Codes(inner):
            codes = st.sampled_from(["orphan-article", "near-duplicate", "future-date"])
            return st.dictionaries(codes, taken(inner, key), max_size=2)
        case shapes.Flag():
            return st.sampled_from([True, False, "yes", "No", "OFF"])
        case shapes.Whole(least, most):
            return st.integers(least, most) | st.integers(least, most).map(str)
        case shapes.Degrees(most):
            return st.integers(-most, most) | st.just("33.25") | st.just(33.25)
        case shapes.Date(precise):
            return DAYS if precise else DATES
        case shapes.Choice(options):
            return st.sampled_from(options)
        case shapes.Id() | shapes.Link():
            return IDS
        case shapes.Text(pattern) if pattern:
            return MATCHING[key]
    return SAID | st.integers(0, 3000) | st.booleans()


def mapping(table: Any, required: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    def made(key: str) -> st.SearchStrategy[Any]:
        return taken(shape_of(table[key]), key)

    must = {key: made(key) for key in required}
    may = {
        key: made(key) | st.none() if key != "draft" else made(key) for key in table if key not in required
    }
    return st.fixed_dictionaries(must, optional=may)


def files(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    one = mapping(kind.shape.table, kind.shape.required)
    if kind.keyed == "id":
        return st.dictionaries(IDS, one, max_size=2)
    if kind.keyed:
        return st.dictionaries(st.sampled_from(["https://example.org/a", "http://b.org"]), one, max_size=2)
    return one


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5000) | WORDS | IDS,
    lambda held: st.lists(held, max_size=2) | st.dictionaries(IDS, held, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_readers_take_schemas_take(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    fields = data.draw(files(kind))
    assert set(errors(kind, text_of(kind, fields))) <= BEYOND
    assert refused(kind, fields) == []


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_schemas_refuse_readers_refuse(name: str, data: st.DataObject) -> None:
    """With one key's value, right or wrong, exchanged for anything at all."""
    kind = KINDS[name]
    fields = data.draw(files(kind))
    held = fields
    if kind.keyed:
        if not fields:
            return
        held = fields[data.draw(st.sampled_from(sorted(fields)))]
    # Which codes may be allowed is seen where all findings are judged.
    key = data.draw(st.sampled_from([*(sorted(kind.shape.table.keys() - {"allow"})), "nonsense"]))
    held[key] = data.draw(ANYTHING)
    if refused(kind, fields):
        assert errors(kind, text_of(kind, fields)) or unseen(held[key]), refused(kind, fields)


def unseen(held: Any) -> bool:
    """Whether there are texts of nothing, which readers take for what isn't there."""
    return '""' in json.dumps(held) or re.search(r'"\s+"', json.dumps(held)) is not None


@pytest.mark.parametrize("name", KINDS)
def test_each_key_refuses_what_is_of_another_kind(name: str) -> None:
    kind = KINDS[name]
    right: dict[str, Any] = {key: EXAMPLES[key] for key in kind.shape.required}
    for key, reader in kind.shape.table.items():
        shape = shape_of(reader)
        wrong: Any = "zz zz" if not isinstance(shape, shapes.Text | shapes.Link) else {"a": "b"}
        fields = {**right, key: wrong}
        whole: Any = {"https://a.org" if name == "links" else "a": fields} if kind.keyed else fields
        assert errors(kind, text_of(kind, whole)), key
        assert refused(kind, whole), key


EXAMPLES = {"title": "T", "date": "2020-02-12", "statement": "S", "name": "N", "state": "dead"}
