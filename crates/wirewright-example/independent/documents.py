"""Values in every format, made up there and here: each side reads what the other one wrote.

They lie beside the test `judges` of the runtime: `documents.snap` is what it writes of values that a property makes, `python.json` what
is written here. In both stands for each document the value, and its text as XML, JSON and a query string.
"""

import json
import pathlib
import urllib.parse
import xml.etree.ElementTree as etree

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "wirewright/tests/judges"
DOCUMENTS = FOLDER / "snapshots/documents.snap"
PYTHON = FOLDER / "python.json"
COUNT = 32

# What texts are made of. XML has none of the control characters; ElementTree writes a carriage return as it is, which is a line feed to
# every reader.
PIECES = [
    *" \t\n\"'<>&+%=;#?:,/\\{}[]*~!0aB",
    *("  ", "&amp;", "&#65;", "]]>", "<!--", "%41", "%zz", "\\n", "null", "true", "NaN", "1e5", "-0"),
    *("é", "e\u0301", "日本", "🦀", "\u0085", "\u00a0", "\u2028", "\ufeff", "\ufffd", "\U0010ffff"),
]


def leaves_of(value, path=()):
    """Every scalar with the names that lead to it. Where an item stands in its list, the order tells."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves_of(each, (*path, name))
    elif isinstance(value, list):
        for each in value:
            yield from leaves_of(each, path)
    else:
        yield path, value


def leaves_of_xml(element, path=()):
    for name, value in element.attrib.items():
        yield (*path, name), value
    if len(element) == 0:
        yield path, element.text or ""
    for each in element:
        yield from leaves_of_xml(each, (*path, each.tag))


def leaves_of_query(text):
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True, strict_parsing=True):
        yield tuple(part for part in name.split(".") if not part.isdigit()), value


def is_same(found, wanted):
    """Whether a scalar is the one that was written. In XML and in a query string it is a text."""
    if isinstance(wanted, bool):
        return found is wanted or found == str(wanted).lower()
    if isinstance(wanted, str):
        return found == wanted
    if isinstance(wanted, float):
        # A number without a point is an integer in Python's JSON, `-0` as well, which there has no sign.
        return not isinstance(found, bool) and float(found) == wanted
    return type(found) in (int, str) and int(found) == wanted


def check(faults):
    """How many documents were read."""
    text = DOCUMENTS.read_text(encoding="utf-8").partition("\n---\n")[2]
    read = 0
    for index, document in enumerate(json.loads(text)):
        wanted = sorted(leaves_of(document["value"]), key=lambda leaf: leaf[0])
        readers = {
            "xml": lambda text: leaves_of_xml(etree.fromstring(text)),
            "json": lambda text: leaves_of(json.loads(text)),
            "query": leaves_of_query,
        }
        for name, reader in readers.items():
            try:
                found = sorted(reader(document[name]), key=lambda leaf: leaf[0])
                same = [path for path, _ in found] == [path for path, _ in wanted]
                same = same and all(map(is_same, (leaf for _, leaf in found), (leaf for _, leaf in wanted)))
            except (ValueError, TypeError, etree.ParseError) as error:
                found, same = repr(error), False
            if not same:
                faults.append(f"{DOCUMENTS}: document {index} as {name}: {found}\nshould be {wanted}")
            read += 1
    return read


def scalars(make):
    def integer(bits, signed):
        lowest = -(2 ** (bits - 1)) if signed else 0
        highest = lowest + 2**bits - 1
        return [lowest, highest, 0, lowest + make.below(2**bits)][make.below(4)]

    def number():
        number = [0.0, 1.5, -1e16, 1e-5, 5e-324, 1.7976931348623157e308][make.below(6)]
        return number if make.below(2) else (make.below(2**53) - 2**52) / 10 ** make.below(30)

    value = {"text": text(make)}
    if make.below(2):
        value["note"] = text(make)
    for bits in [8, 16, 32, 64]:
        value[f"u{bits}"] = integer(bits, signed=False)
        value[f"i{bits}"] = integer(bits, signed=True)
    if make.below(2):
        value["itemCount"] = integer(64, signed=True)
    value["ratio"] = number()
    if make.below(2):
        value["share"] = number()
    value["ready"] = bool(make.below(2))
    if make.below(2):
        value["checked"] = bool(make.below(2))
    value["level"] = ["Low", "very-high"][make.below(2)]
    return value


def text(make):
    return "".join(PIECES[make.below(len(PIECES))] for _ in range(make.below(9)))


def parcel(make):
    value = {"scalars": scalars(make)}
    if make.below(2):
        value["more"] = scalars(make)
    tags = [text(make) for _ in range(make.below(4))]
    lines = []
    for _ in range(make.below(4)):
        line = {"unit": text(make)} if make.below(2) else {}
        lines.append({**line, "number": make.below(2**63)})
    return value | {name: items for name, items in [("tags", tags), ("lines", lines)] if items}


def scalar(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def element_of(name, value):
    element = etree.Element(name)
    if not isinstance(value, dict):
        element.text = scalar(value)
        return element
    for name, each in value.items():
        if name == "unit":
            element.set(name, scalar(each))
        else:
            element.extend(element_of(name, one) for one in (each if isinstance(each, list) else [each]))
    return element


def pairs_of(value, path=()):
    if isinstance(value, dict):
        for name, each in value.items():
            yield from pairs_of(each, (*path, name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            # A scalar's name is repeated, a structure's is numbered.
            yield from pairs_of(each, (*path, str(index)) if isinstance(each, dict) else path)
    else:
        yield ".".join(path), scalar(value)


def document(make):
    value = parcel(make)
    # What a writer may choose differs from one document to the next.
    odd, quote = make.below(2) == 1, [urllib.parse.quote, urllib.parse.quote_plus][make.below(2)]
    return {
        "value": value,
        "xml": etree.tostring(element_of("parcel", value), encoding="unicode", xml_declaration=odd, short_empty_elements=not odd),
        "json": json.dumps(value, ensure_ascii=odd, indent=None if odd else 1),
        "query": urllib.parse.urlencode(list(pairs_of(value)), quote_via=quote),
    }


def written(make):
    return json.dumps([document(make) for _ in range(COUNT)], indent=1) + "\n"
