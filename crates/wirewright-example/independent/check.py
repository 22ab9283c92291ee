#!/usr/bin/env python3
"""Holds the wire against programs that were not written here: Python's parsers and writers, its `hmac`, and the base string of `oauthlib`.

What the generated crates write stands in the snapshots beside the definitions:

- every reply is read by `xml.etree`, `json` or `urllib.parse`, and has the same values in every format: in the same order, but that the
  attributes of XML stand before the elements, wherever the members among them are declared;
- every signed request has the signature that `oauthlib` and `hmac` make of it.

What they read is made here, of values that are made up in the same way every time, and lies in `vectors.json`: requests that Python has
signed, and replies that it has written. The test `independent` of this crate takes them.

What the runtime itself writes and reads, of values that a property makes, is the matter of `documents.py`; the schemas of the
definition language that of `schemas.py`.

    check.py            all of it, and that `vectors.json` and `python.json` are what this program writes
    check.py --write    writes `vectors.json` and `python.json`
"""

import argparse
import base64
import hashlib
import hmac
import json
import pathlib
import re
import sys
import urllib.parse
import xml.etree.ElementTree as etree

import documents
import schemas
from oauthlib.oauth1.rfc5849 import signature

HERE = pathlib.Path(__file__).resolve().parent
DEFINITIONS = HERE.parents[2] / "protocol-defs"
VECTORS = HERE / "vectors.json"

# The key of the sample sessions in the snapshots.
SAMPLE_KEY = "sample-key"
# The parameter that carries the signature, of the vendor that has one.
SIGNED = {"nina": "sig_sha256"}
LOGOUT = "https://api.screenname.nina.bz/auth/logout"

# A reply of a snapshot: what it is, how much of it is there, and its format.
REPLY = re.compile(r"(answer|failure)(?:, (what is required|everything))?, (?:XML|JSON|JSONP|query string)")


def sections(path):
    """The titled parts of a snapshot of an operation on the wire; those of samples begin otherwise."""
    _, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
    if not text.startswith("# request, "):
        return
    for part in re.split(r"(?m)^# ", text)[1:]:
        title, _, rest = part.partition("\n")
        yield title, rest


def message(text):
    """The first line, the headers and the body of a message. No body has an empty line."""
    head, _, rest = text.partition("\n\n")
    first, *headers = head.split("\n")
    return first, dict(line.split(": ", 1) for line in headers), rest.partition("\n\n")[0].rstrip("\n")


def pairs_of(text):
    return urllib.parse.parse_qsl(text, keep_blank_values=True, strict_parsing=True) if text else []


def leaves_of_xml(text):
    for element in etree.fromstring(text).iter():
        yield from element.attrib.values()
        yield element.text or ""


def leaves_of_json(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves_of_json(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves_of_json(each)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif value is not None:
        yield str(value)


def leaves(media_type, body):
    """Every value as text, but for empty ones: how an empty list or structure looks is each format's own matter."""
    if "javascript" in media_type:
        found = leaves_of_json(json.loads(re.fullmatch(r"[\w.$]+\((.*)\);", body, re.DOTALL)[1]))
    elif "json" in media_type:
        found = leaves_of_json(json.loads(body))
    elif "xml" in media_type:
        found = leaves_of_xml(body)
    else:
        found = (value for _, value in pairs_of(body))
    return [leaf for leaf in found if leaf]


def members(media_type, body):
    """The values of a document by structure: a list in its order, the members of a structure sorted. `None` of a query, and of XML without
    attributes, whose order counts."""
    if "xml" in media_type:
        root = etree.fromstring(body)
        return members_of_xml(root) if any(element.attrib for element in root.iter()) else None
    return members_of_json(json.loads(body)) if media_type.endswith("json") else None


def members_of_xml(element):
    by_name = {}
    for child in element:
        by_name.setdefault(child.tag, []).append(members_of_xml(child))
    return structure([*element.attrib.values(), element.text or "", *map(items, by_name.values())])


def members_of_json(value):
    if isinstance(value, dict):
        return structure(map(members_of_json, value.values()))
    if isinstance(value, list):
        return items(map(members_of_json, value))
    return "".join(leaves_of_json(value))


def structure(found):
    """An element with nothing but a text looks as the text does, as in JSON."""
    found = sorted(filter(None, found), key=repr)
    return found[0] if len(found) == 1 else found


def items(found):
    """An element that stands once may be a list of one."""
    found = list(filter(None, found))
    return found[0] if len(found) == 1 else tuple(found)


def statuses_of_some_formats(path):
    """The values of a status that not all formats have (`only-in`)."""
    with open(path.parent.parent / "protocol.toml", "rb") as file:
        envelope = schemas.tomllib.load(file).get("envelope", {})
    some = [member for member in envelope.values() if isinstance(member, dict) and "only-in" in member]
    return {str(value) for member in some for value in [*member.get("success", []), member.get("failure")]}


def check_replies(path, faults):
    """How many replies were read."""
    first_of_kind = {}
    not_in_all = statuses_of_some_formats(path)
    read = 0
    for title, text in sections(path):
        kind = REPLY.fullmatch(title)
        if not kind:
            continue
        _, headers, body = message(text)
        media_type = headers["Content-Type"].partition(";")[0]
        try:
            found = [leaf for leaf in leaves(media_type, body) if leaf not in not_in_all]
            by_structure = members(media_type, body)
        except (ValueError, TypeError, KeyError, etree.ParseError) as error:
            faults.append(f"{path}: {title}: {error!r}")
            continue
        other, wanted, wanted_by_structure = first_of_kind.setdefault(kind.groups(), (title, found, by_structure))
        if found != wanted and (by_structure is None or by_structure != wanted_by_structure):
            faults.append(f"{path}: `{title}` has {found},\n`{other}` has {wanted}")
        read += 1
    return read


def sign(key, method, url, pairs):
    base = signature.signature_base_string(method, signature.base_string_uri(url), signature.normalize_parameters(pairs))
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha256).digest()).decode()


def check_signatures(path, parameter, faults):
    """How many signatures were checked."""
    checked = 0
    for title, text in sections(path):
        if not title.startswith("request"):
            continue
        first, _, body = message(text)
        method, _, url = first.partition(" ")
        url, _, query = url.partition("?")
        pairs = pairs_of(query or body)
        given = [value for name, value in pairs if name == parameter]
        if not given:
            continue
        wanted = sign(SAMPLE_KEY, method, url, [pair for pair in pairs if pair[0] != parameter])
        if given != [wanted]:
            faults.append(f"{path}: {title}: the signature is {given}, and should be {wanted}")
        checked += 1
    return checked


class Maker:
    """Makes texts up, the same ones every time, of characters that are hard for some format or for a signature."""

    CHARACTERS = "abcXYZ0189 -._~*'!()+%&=#?/:;,<>\"[]{}|\\^`@$äßøé€日本語🦀"

    def __init__(self):
        self.made = 0

    def below(self, bound):
        """A whole number. Python's own random numbers may differ between its versions."""
        self.made += 1
        return int.from_bytes(hashlib.sha256(str(self.made).encode()).digest()[:8], "big") % bound

    def text(self):
        characters = (self.CHARACTERS[self.below(len(self.CHARACTERS))] for _ in range(1 + self.below(24)))
        # White space at the ends is nobody's: XML readers differ in what they keep of it.
        return "".join(characters).strip() or "x"


def signed_requests(make):
    for index in range(64):
        pairs = [("devId", make.text()), ("f", ["xml", "json", "qs"][index % 3]), ("a", make.text())]
        pairs += [(name, make.text()) for name in ["s", "language", "r"] if make.below(2)]
        pairs.sort(key=lambda _: make.below(1000))
        method = ["GET", "POST"][index // 3 % 2]
        key = make.text()
        yield {
            "method": method,
            "url": LOGOUT,
            "key": key,
            "parameters": pairs,
            "signature": sign(key, method, LOGOUT, pairs),
        }


def written(name, value):
    """An element; a list is that many of them, in the one of its name."""
    element = etree.Element(name)
    if isinstance(value, dict):
        element.extend(written(*each) for each in value.items())
    else:
        element.text = str(value)
    return element


def nested(value, path=()):
    for name, each in value.items():
        if isinstance(each, dict):
            yield from nested(each, (*path, name))
        else:
            yield ".".join((*path, name)), str(each)


def replies(make):
    """Replies to NINA's `auth/clientLogin`, in all of its formats, and to the logins of the other two vendors."""
    for _ in range(16):
        token, secret, login_id = make.text(), make.text(), make.text()
        host_time, expires = make.below(2**40), make.below(2**40)
        reply = {
            "statusCode": 200,
            "statusText": "OK",
            "data": {
                "token": {"a": token, "expiresIn": expires},
                "sessionSecret": secret,
                "hostTime": host_time,
                "loginId": login_id,
            },
        }
        yield {
            "vendor": "nina",
            "values": [token, secret, login_id, str(host_time), str(expires)],
            "xml": etree.tostring(written("response", reply), encoding="unicode"),
            "json": json.dumps({"response": reply}, indent=1),
            "query": urllib.parse.urlencode(list(nested(reply))),
        }
        key, detail, number = make.text(), make.text(), make.below(2**40)
        document = written(
            "response",
            {
                "status": "SUCCESS",
                "api_tx_number": number,
                "detail": detail,
                "response_name_value": {"session_key": key},
                "timestamp": "2009-05-15 18:10:50",
            },
        )
        document.set("api_method", "/session/login/")
        yield {
            "vendor": "videntity",
            "values": [key, detail, str(number)],
            "xml": etree.tostring(document, encoding="unicode", xml_declaration=True),
        }
        sid, password, text = make.text(), make.text(), make.text()
        document = written("out", {"rc": 0, "msg": text, "sid": sid, "pswd": password})
        yield {
            "vendor": "1010data",
            "values": [sid, password, text],
            "xml": etree.tostring(document, encoding="unicode"),
        }


def vectors():
    make = Maker()
    made = {"requests": list(signed_requests(make)), "replies": list(replies(make))}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="writes vectors.json and python.json")
    written_here = {VECTORS: vectors(), documents.PYTHON: documents.written(Maker())}
    if parser.parse_args().write:
        for path, text in written_here.items():
            path.write_text(text, encoding="utf-8")
        return 0
    faults = []
    snapshots = sorted(DEFINITIONS.glob("*/snapshots/*.snap"))
    read = sum(check_replies(path, faults) for path in snapshots)
    checked = 0
    for vendor, parameter in SIGNED.items():
        checked += sum(check_signatures(path, parameter, faults) for path in snapshots if path.parts[-3] == vendor)
    for path, text in written_here.items():
        if path.read_text(encoding="utf-8") != text:
            faults.append(f"{path} is not what `check.py --write` writes")
    # Snapshots in a form that is not known here would pass unread.
    if read == 0 or checked == 0:
        faults.append(f"no snapshots were found in {DEFINITIONS}")
    texts = documents.check(faults)
    if texts == 0:
        faults.append(f"no documents were found in {documents.DOCUMENTS}")
    definitions = schemas.check(faults)
    if definitions == 0:
        faults.append(f"no definitions were found in {schemas.DEFINITIONS}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(
        f"{read} replies read, {checked} signatures checked, {texts} texts read, {definitions} files of definitions validated, "
        f"{len(faults)} faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
