"""The schemas of the definition language, held to their own standard and to every definition by `jsonschema`.

What they refuse is held by tests beside the generator; here it is that they are schemas of draft 7, and that another validator reads
them as those tests do.
"""

import json
import pathlib

import jsonschema

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

ROOT = pathlib.Path(__file__).resolve().parents[3]
DEFINITIONS = [ROOT / "protocol-defs", ROOT / "crates/wirewright-codegen/tests/golden/protocol-defs"]


def validator(name):
    schema = json.loads((DEFINITIONS[0] / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def broken(definition):
    """The same, with a word that no table has."""
    return {**definition, "no-word-of-the-language": 1}


def check(faults):
    """How many files were validated."""
    protocol, group = validator("protocol"), validator("group")
    files = [file for folder in DEFINITIONS for file in sorted(folder.glob("*/*.toml"))]
    for file in files:
        definition = tomllib.loads(file.read_text(encoding="utf-8"))
        used = protocol if file.name == "protocol.toml" else group
        for error in used.iter_errors(definition):
            faults.append(f"{file}: {'/'.join(map(str, error.path))}: {error.message}")
        if used.is_valid(broken(definition)):
            faults.append(f"{file}: a word that no table has is valid")
    return len(files)
