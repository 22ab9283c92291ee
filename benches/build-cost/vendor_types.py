"""The types of the generated crates, taken from their sources, with serde's derives in place of this project's.

An item of the sources begins and ends at the first column. Members and names stay. What serde
cannot say is left out, which is in its favour: names that differ per format (XML's are taken), the element around a list's items,
joined and numbered lists, the elements of a map, a vendor's spelling of booleans, "empty is absent", the XML namespace, JSON's root,
formats of dates, secrets, and the variant that keeps an unknown one whole. Dates, bytes, files and values of any kind become texts.
"""

import re

ITEM = re.compile(r"^#\[derive\([^\n]*\bWire\b[^\n]*\)\]\n(.*?^pub (?:struct|enum) [^\n]*?(?:;|\{\}|\n\}|\{\n.*?^\}))$", re.S | re.M)
ALIAS = re.compile(r"^pub type (\w+) = (.*?);$", re.S | re.M)
API = re.compile(r"^generated::api!\((\w+), \w+, \w+, (\w+),", re.M)
REQUEST = re.compile(r"^impl OfferedRequest for (\w+) \{\n\s*type Api = (.*?);\n\s*type Reply = (.*?);", re.M)
PATH = re.compile(r"(?<!')\b[A-Za-z_]\w*(?:::\w+)*")
# What is in scope everywhere, and stays.
PLAIN = {"String", "Option", "Vec", "Box", "bool", "i64", "f64", "u64", "u32", "i32", "u16", "D", "T"}
KEYWORDS = set("as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref".split())
KEYWORDS |= set("return self static struct super trait true type unsafe use where while yield".split())
TEXTS = {"Blob", "Document", "DateTime", "File", "wire::Document"}


class Crate:
    """One generated crate: `mods` is the text of each module by its path, `operations` what goes over the wire, a request and what
    its reply is read into; `None` for a reply without an envelope, which no codec reads."""

    def __init__(self, name, folder):
        self.name = name
        self.items = {}
        self.mods = {}
        self.operations = []
        self.sources = {}
        self.envelopes = {}
        for path in sorted((folder / "src").rglob("*.rs")):
            module = path.relative_to(folder / "src").with_suffix("")
            parts = [f"r#{part}" if part in KEYWORDS else part for part in module.parts if part not in ("lib", "mod")]
            text = re.sub(r"^\s*//[^\n]*\n", "", path.read_text(), flags=re.M)
            self.sources[tuple(parts)] = text
            self.envelopes |= dict(API.findall(text))
            for _, item in self.found(text):
                self.items.setdefault(item, []).append(tuple(parts))
        # A reply without members is the runtime's.
        self.items["Nothing"] = [()]
        self.mods[()] = "#[derive(serde::Serialize, serde::Deserialize)]\npub struct Nothing {}"
        for module, text in self.sources.items():
            self.module(module, text)

    def found(self, text):
        for match in ITEM.finditer(text):
            yield match.group(1), re.search(r"pub (?:struct|enum) (\w+)", match.group(1)).group(1)
        for match in ALIAS.finditer(text):
            if match.group(1) != "Error":
                yield None, match.group(1)

    def module(self, module, text):
        lines = []
        for match in ALIAS.finditer(text):
            if match.group(1) != "Error":
                lines.append(f"pub type {match.group(1)} = {self.type(match.group(2), module)};")
        for item, _ in self.found(text):
            if item:
                lines.append(self.item(item, module))
        for request, api, reply in REQUEST.findall(text):
            raw = api.startswith("Raw<")
            envelope = None if raw else self.type(f"{self.envelopes[api]}<{reply}>", module)
            self.operations.append((f"crate::{self.name}::{'::'.join(module)}::{request}", envelope))
        if lines:
            self.mods[module] = "\n".join([self.mods.get(module, ""), *lines])

    def type(self, text, module):
        """A type of the crate, with absolute paths, and texts for what serde has no word for."""
        text = re.sub(r"\bSecret<((?:[^<>]|<[^<>]*>)*)>", r"\1", text)
        text = re.sub(r"\b(?:DateTime|CivilDate|CivilTime|EpochTime|FormedText|SeparatedText)<[^<>]*>", "String", text)
        return PATH.sub(lambda match: self.path(match.group(0), module), text)

    def path(self, path, module):
        if path in PLAIN:
            return path
        if path in TEXTS:
            return "String"
        if path == "ClockSkew":
            return "i64"
        if path in ("BTreeMap", "Cow"):
            return {"BTreeMap": "std::collections::BTreeMap", "Cow": "std::borrow::Cow"}[path]
        *before, name = [part for part in path.split("::") if part not in ("crate", "super", "self")]
        places = self.items.get(name, [])
        fitting = [place for place in places if list(place[len(place) - len(before) :]) == before] if before else places
        if module in fitting and not before:
            fitting = [module]
        if len(fitting) != 1:
            raise SystemExit(f"{self.name}::{'::'.join(module)}: {path} is {'ambiguous' if fitting else 'unknown'}: {places}")
        return "::".join(["crate", self.name, *fitting[0], name])

    def item(self, item, module):
        """A struct or an enum with serde's derives."""
        item = re.sub(r"#\[(?:non_exhaustive|must_use|allow|default)[^\]]*\]\n\s*|#\[default\]\s*", "", item)
        head, keyword, rest = re.match(r"(.*?)(pub (?:struct|enum) )(.*)$", item, re.S).groups()
        words = wire_words(head)
        serde = [f'rename = "{words["root"]}"'] if "root" in words else []
        serde += [f'{word} = {words[word]}' for word in ("rename_all", "tag", "content") if word in words]
        serde = [word if '"' in word.split("= ")[1] else word.replace("= ", '= "') + '"' for word in serde]
        if keyword == "pub enum ":
            body = self.variants(rest, module, union="union" in words or "tag" in words)
        elif rest.rstrip().endswith(";"):
            serde = ["transparent"]
            name, inner = re.match(r"(\w+)\(pub (.*?)\);", rest, re.S).groups()
            body = f"{name}(pub {self.type(inner, module)});"
        else:
            body = self.members(rest, module)
        attribute = f"#[serde({', '.join(serde)})]\n" if serde else ""
        return f"#[derive(serde::Serialize, serde::Deserialize)]\n{attribute}{keyword}{body}"

    def members(self, text, module):
        head, inside = text.split("{", 1)
        members = []
        for words, visibility, name, kind in re.findall(
            r"((?:#\[wire\(.*?\)\]\s*)?)(pub )(r#\w+|\w+): (.*?),?\s*(?=#\[|pub |\}\s*$)", inside, re.S
        ):
            words = wire_words(words)
            kind = self.type(kind, module)
            wire = words.get("xml") or words.get("name") or name.removeprefix("r#")
            serde = ["flatten"] if "flatten" in words else []
            if "attribute" in words:
                wire = f"@{wire}"
            if "text" in words:
                wire = "$text"
            if not serde and wire != name.removeprefix("r#"):
                serde.append(f'rename = "{wire}"')
            if "flatten" not in words:
                if kind.startswith("Option<"):
                    serde.append('skip_serializing_if = "Option::is_none"')
                elif kind.startswith(("Vec<", "std::collections::")) or ("default" in words and not kind.startswith("crate::")):
                    serde.append("default")
            attribute = f"    #[serde({', '.join(serde)})]\n" if serde else ""
            members.append(f"{attribute}    {visibility}{name}: {kind},\n")
        return f"{head}{{\n{''.join(members)}}}"

    def variants(self, text, module, union):
        head, inside = text.split("{", 1)
        variants = []
        for words, name, payload in re.findall(r"((?:#\[wire\(.*?\)\]\s*)?)\b([A-Z]\w*)(\([^)]*\))?,", inside, re.S):
            words = wire_words(words)
            if "other" in words:
                variants.append("    #[serde(other)]\n    Other,\n" if union else "    #[serde(untagged)]\n    Other(String),\n")
                continue
            serde = [f'rename = "{words["name"]}"'] if "name" in words else []
            serde += [f'alias = "{each}"' for each in words.get("also", [])]
            attribute = f"    #[serde({', '.join(serde)})]\n" if serde else ""
            variants.append(f"{attribute}    {name}{self.type(payload, module) if payload else ''},\n")
        return f"{head}{{\n{''.join(variants)}}}"

    def source(self):
        """All modules, inside one another."""
        return nested(self.mods, ())


def nested(mods, here):
    text = mods.get(here, "") + "\n"
    for name in sorted({path[len(here)] for path in mods if len(path) > len(here) and path[: len(here)] == here}):
        text += f"pub mod {name} {{\n{nested(mods, (*here, name))}}}\n"
    return text


def wire_words(text):
    """The words of the `#[wire(…)]` attributes in a text: `{"name": "a", "attribute": True}`."""
    words = {}
    for inside in re.findall(r"#\[wire\((.*?)\)\]", text, re.S):
        # What stands in inner parentheses says more about lists and maps, which serde has no words for.
        while "(" in re.sub(r'"(?:[^"\\]|\\.)*"', "", inside):
            shorter = re.sub(r'(\w+)\(((?:[^()"]|"(?:[^"\\]|\\.)*")*)\)', r"\1", inside)
            if shorter == inside:
                break
            inside = shorter
        for name, several, one in re.findall(r'(\w+)(?: = (?:\[(.*?)\]|"((?:[^"\\]|\\.)*)"))?(?:,|$)', inside):
            words[name] = re.findall(r'"((?:[^"\\]|\\.)*)"', several) if several else one or True
    return words


def crates(folder, names):
    """The generated crates of these names in a folder."""
    return [Crate(name.replace("-", "_"), folder / name) for name in names]
