#!/usr/bin/python3
"""Validates graphs against the JSON Schema that `easel schema` prints.

usage: Scripts/validate-graphs.py SCHEMA GRAPH...

Prints a line a graph, and one a mistake. Exit code 0: all are valid. 1: some are not.
Needs python3-jsonschema and python3-yaml (`make test` installs them).
"""

import json
import re
import sys

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match


class CoreLoader(yaml.SafeLoader):
    """Reads plain scalars by YAML 1.2's core schema: `on` and `yes` are texts, and 010 is ten."""

    yaml_implicit_resolvers = {}


def plain(tag, pattern, construct):
    tag = "tag:yaml.org,2002:" + tag
    CoreLoader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), None)
    CoreLoader.add_constructor(tag, lambda loader, node: construct(node.value))


def whole(text):
    bases = {"0x": 16, "0o": 8}
    return int(text, bases.get(text[:2], 10))


plain("null", r"~|null|Null|NULL|", lambda text: None)
plain("bool", r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true")
plain("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", whole)
plain("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float)


def mistakes(validator, path):
    try:
        with open(path, "rb") as file:
            graph = yaml.load(file, CoreLoader)
    except yaml.YAMLError as error:
        return [f"{path}: no YAML: {error}"]
    found = (best_match([error]) for error in validator.iter_errors(graph))
    return [f"{path}:{error.json_path}: {error.message}" for error in found]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    results = [(path, mistakes(validator, path)) for path in sys.argv[2:]]
    for path, lines in results:
        print("\n".join(lines or [f"{path}: valid"]))
    sys.exit(any(lines for _, lines in results))


main()
