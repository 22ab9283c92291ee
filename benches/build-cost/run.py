#!/usr/bin/env python3
"""What types cost to check and to build: this project's derive against serde's.

The first table has 300 structs of 8 members, the second one the generated crates of this repository: as they are, with their clients
and servers, and only their types with serde's derives (see vendor_types.py for what is left out there). Every struct of the first
table, and every operation's request and reply of the second one, is written and read once in every format that the row names; the rows
of a derive alone use none, and are checked only. The second table has the crates of VENDOR_NAMES, as it always had. The
dependencies are built first, with empty sources. CPU seconds (user and system, of cargo and its children) are what counts: wall
time suffers on a shared machine. The third table is what a user waits for who adds a vendor's crate and an edge to an empty
program: everything is built, and the seconds are those that pass.

    ./run.py [ROW ...]
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import vendor_types

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENDORS = ROOT / "crates/vendors"
STRUCTS = 300
# Those that the second table has been measured with from the start.
VENDOR_NAMES = ["nina", "subsonic", "ten-ten-data", "videntity"]

MEMBERS = [
    ("session_key", "String", "text.clone()"),
    ("status", "String", "text.clone()"),
    ("tx_number", "u64", "n"),
    ("detail", "String", "text.clone()"),
    ("error_number", "Option<u32>", "Some(n as u32)"),
    ("active", "bool", "n % 2 == 0"),
    ("amount", "f64", "n as f64 / 8.0"),
    ("timestamp", "String", "text.clone()"),
]

SERDE = 'serde = { version = "1.0.229", features = ["derive"] }\n'
XML = 'quick-xml = { version = "0.42.0", features = ["serialize"] }\n'
OTHERS = 'serde_json = "1.0.154"\nserde_urlencoded = "0.7.1"\n'
SERDE_DERIVE = "#[derive(serde::Serialize, serde::Deserialize)]"

# dependencies, derive, prelude, body: `v` is the value, `T` its type; the length of what is written is added to `n`.
ROWS = {
    "codecs that do nothing": (
        "",
        "#[derive(Default)]",
        "#[inline(never)] fn write<T>(_: &T, format: u8) -> String { std::hint::black_box(format).to_string() }\n"
        "#[inline(never)] fn read<T: Default>(text: &str, _: u8) -> Result<T, std::num::ParseIntError> { text.parse::<u8>()?; Ok(T::default()) }\n",
        "for format in 0..3 { let text = write(&v, format); n += text.len() as u64; black_box(read::<T>(&text, format).unwrap()); }",
    ),
    "wirewright, three formats": (
        f'wirewright = {{ path = "{ROOT}/crates/wirewright" }}\n',
        "#[derive(wirewright::Wire)]",
        "use wirewright::{Format, Options, from_str_with, to_string_with};\n"
        "const OPTIONS: Options = Options::new();\n",
        "for format in [Format::Xml, Format::Json, Format::Query] { let text = to_string_with(format, &v, &OPTIONS).unwrap(); n += text.len() as u64; "
        "black_box(from_str_with::<T>(format, &text, &OPTIONS).unwrap()); }",
    ),
    "serde + quick-xml, XML only": (
        SERDE + XML,
        SERDE_DERIVE,
        "",
        "let text = quick_xml::se::to_string(&v).unwrap(); n += text.len() as u64; black_box(quick_xml::de::from_str::<T>(&text).unwrap());",
    ),
    "serde, three formats": (
        SERDE + XML + OTHERS,
        SERDE_DERIVE,
        "",
        "let text = quick_xml::se::to_string(&v).unwrap(); n += text.len() as u64; black_box(quick_xml::de::from_str::<T>(&text).unwrap());"
        "let text = serde_json::to_string(&v).unwrap(); n += text.len() as u64; black_box(serde_json::from_str::<T>(&text).unwrap());"
        "let text = serde_urlencoded::to_string(&v).unwrap(); n += text.len() as u64; black_box(serde_urlencoded::from_str::<T>(&text).unwrap());",
    ),
}

# dependencies, derive: nothing is written or read.
DERIVES = {
    "wirewright's derive alone": (ROWS["wirewright, three formats"][0], "#[derive(wirewright::Wire)]"),
    "serde's two derives alone": (SERDE, SERDE_DERIVE),
}


def message(index, derive):
    """A struct, and a value of it."""
    name = f"Message{index}"
    # Names differ from struct to struct, as those of real messages do.
    members = [(f"{member}_{index}" if place % 2 else member, kind, value) for place, (member, kind, value) in enumerate(MEMBERS)]
    made = ", ".join(f"{member}: {value}" for member, _, value in members)
    written = ", ".join(f"pub {member}: {kind}" for member, kind, _ in members)
    return f"{derive}\npub struct {name} {{ {written} }}", f"{name} {{ {made} }}"


def derives(row, work):
    """CPU seconds for checking the structs, the median of three."""
    dependencies, derive = DERIVES[row]
    crate = work / f"derive{list(DERIVES).index(row)}"
    (crate / "src").mkdir(parents=True)
    (crate / "Cargo.toml").write_text(manifest(crate.name, dependencies))
    file = crate / "src/lib.rs"
    seconds = []
    for _ in range(3):
        file.write_text("")
        cargo(crate, work / "target", "check")
        file.write_text("\n".join(message(index, derive)[0] for index in range(STRUCTS)) + "\n")
        seconds.append(cargo(crate, work / "target", "check"))
    return sorted(seconds)[1]


def source(row):
    _, derive, prelude, body = ROWS[row]
    lines = ["use std::hint::black_box;", prelude]
    for index in range(STRUCTS):
        struct, made = message(index, derive)
        used = body.replace("<T>", f"<Message{index}>")
        lines.append(struct)
        lines.append(f"#[inline(never)]\nfn use_{index}(text: &String, mut n: u64) -> u64 {{ let v = {made}; {used} n }}")
    calls = "\n".join(f"    n = use_{index}(&text, n);" for index in range(STRUCTS))
    lines.append(f'fn main() {{\n    let text = std::env::args().next().unwrap();\n    let mut n = 1;\n{calls}\n    println!("{{n}}");\n}}')
    return "\n".join(lines) + "\n"


def cargo(crate, target, *arguments):
    """Runs cargo and says how many CPU seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target), CARGO_INCREMENTAL="0")
    done = subprocess.run(["cargo", *arguments], cwd=crate, capture_output=True, text=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def manifest(name, dependencies):
    return (
        f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n'
        f"[profile.release]\nstrip = true\n\n[dependencies]\n{dependencies}"
    )


def program(types, body):
    """A program that does `body` with each type: `T` is the type, and the length of what is written is added to `n`."""
    uses = "\n".join(
        f"#[inline(never)]\nfn use_{index}(text: &str, mut n: u64) -> u64 {{ {body.replace('<T>', f'<{each}>')} n }}"
        for index, each in enumerate(types)
    )
    calls = "\n".join(f"    n = use_{index}(&text, n);" for index in range(len(types)))
    main = f'fn main() {{\n    let text = std::env::args().next().unwrap();\n    let mut n = 1;\n{calls}\n    println!("{{n}}");\n}}\n'
    return f"{uses}\n{main}"


def measure(crate, target, name, sources):
    """CPU seconds for checking and building `sources`, texts by their files, and the size of the program."""
    seconds = []
    for command in (["check"], ["build", "--release"]):
        for file in sources:
            file.write_text("fn main() {}\n" if file.name == "main.rs" else "")
        cargo(crate, target, *command)
        for file, text in sources.items():
            file.write_text(text)
        seconds.append(cargo(crate, target, *command))
    made = target / "release" / name
    subprocess.run([made], check=True, capture_output=True)
    return seconds, made.stat().st_size


def structs(row, work):
    crate = work / f"row{list(ROWS).index(row)}"
    (crate / "src").mkdir(parents=True)
    (crate / "Cargo.toml").write_text(manifest(crate.name, ROWS[row][0]))
    return measure(crate, work / "target", crate.name, {crate / "src/main.rs": source(row)})


READ_WRITE = {
    "quick_xml": ("quick_xml::de::from_str", "quick_xml::se::to_string"),
    "serde_json": ("serde_json::from_str", "serde_json::to_string"),
    "serde_urlencoded": ("serde_urlencoded::from_str", "serde_urlencoded::to_string"),
}
VENDOR_ROWS = {
    "as they are, wirewright, three formats": None,
    "their types, serde + quick-xml, XML only": (SERDE + XML, ["quick_xml"]),
    "their types, serde, three formats": (SERDE + XML + OTHERS, list(READ_WRITE)),
}


def vendors(row, work):
    crate = work / f"vendors{list(VENDOR_ROWS).index(row)}"
    if VENDOR_ROWS[row] is None:
        return generated_crates(crate, work / "target")
    (crate / "src").mkdir(parents=True)
    dependencies, libraries = VENDOR_ROWS[row]
    (crate / "Cargo.toml").write_text(manifest(crate.name, dependencies))
    body = " ".join(
        f"if let Ok(v) = {read}::<T>(text) {{ n += {write}(&v).map_or(0, |text| text.len() as u64); }}"
        for read, write in (READ_WRITE[library] for library in libraries)
    )
    text = "#![allow(dead_code)]\n"
    types = []
    for vendor in vendor_types.crates(VENDORS, VENDOR_NAMES):
        text += f"pub mod {vendor.name} {{\n{vendor.source()}}}\n"
        types += [root for operation in vendor.operations for root in operation if root]
    return measure(crate, work / "target", crate.name, {crate / "src/main.rs": text + program(types, body)})


def generated_crates(crate, target):
    """The generated crates in a workspace like this one, and a program that uses them."""
    for name in VENDOR_NAMES:
        shutil.copytree(VENDORS / name, crate / "vendors" / name)
    (crate / "program/src").mkdir(parents=True)
    root = (ROOT / "Cargo.toml").read_text()
    shared = root[root.index("[workspace.package]") : root.index("[profile.")].replace('path = "crates/', f'path = "{ROOT}/crates/')
    (crate / "Cargo.toml").write_text(
        f'[workspace]\nresolver = "3"\nmembers = ["program", "vendors/*"]\n\n[profile.release]\nstrip = true\n\n{shared}'
    )
    shutil.copy(ROOT / "Cargo.lock", crate / "Cargo.lock")
    dependencies = "".join(f'{name} = {{ path = "../vendors/{name}" }}\n' for name in VENDOR_NAMES)
    (crate / "program/Cargo.toml").write_text(
        '[package]\nname = "program"\nversion = "0.0.0"\nedition = "2024"\n\n'
        f"[dependencies]\nwirewright.workspace = true\n{dependencies}"
    )
    types = []
    for vendor in vendor_types.crates(VENDORS, VENDOR_NAMES):
        for request, reply in vendor.operations:
            request = request.removeprefix("crate::")
            types += [request, f"<{request} as wirewright::exchange::Request>::Envelope"] if reply else [request]
    body = (
        "for format in [Format::Xml, Format::Json, Format::Query] { if let Ok(v) = from_str_with::<T>(format, text, &OPTIONS) "
        "{ n += to_string_with(format, &v, &OPTIONS).map_or(0, |text| text.len() as u64); } }"
    )
    text = "use wirewright::{Format, Options, from_str_with, to_string_with};\nconst OPTIONS: Options = Options::new();\n" + program(types, body)
    sources = {crate / "program/src/main.rs": text}
    sources |= {crate / "vendors" / name / "src/lib.rs": (VENDORS / name / "src/lib.rs").read_text() for name in VENDOR_NAMES}
    return measure(crate, target, "program", sources)


FIRST_ROWS = {
    "`videntity`, no edge": [],
    "`videntity`, `wirewright-ureq`": ["wirewright-ureq"],
    "`videntity`, `wirewright-reqwest`": ["wirewright-reqwest"],
}


def first_build(row, work):
    """Seconds from nothing to a checked program, and to a released one; how many crates are built, but for this project's."""
    crate = work / f"first{list(FIRST_ROWS).index(row)}"
    (crate / "src").mkdir(parents=True)
    (crate / "src/main.rs").write_text("fn main() {}\n")
    edges = "".join(f'{name} = {{ path = "{ROOT}/crates/{name}" }}\n' for name in FIRST_ROWS[row])
    (crate / "Cargo.toml").write_text(manifest(crate.name, f'videntity = {{ path = "{VENDORS}/videntity" }}\n{edges}'))
    shutil.copy(ROOT / "Cargo.lock", crate / "Cargo.lock")
    # Nothing is downloaded while the time runs.
    cargo(crate, crate / "target", "fetch")
    seconds = []
    for command in (["check"], ["build", "--release"]):
        started = time.monotonic()
        cargo(crate, crate / "target", *command)
        seconds.append(time.monotonic() - started)
    tree = ["cargo", "tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe", "--format", "{p}"]
    names = {line.split()[0] for line in subprocess.run(tree, cwd=crate, check=True, capture_output=True, text=True).stdout.splitlines() if line}
    own = {crate.name, *(path.name for folder in (ROOT / "crates", VENDORS) for path in folder.iterdir())}
    return seconds, len(names - own)


def first_builds(wanted, work):
    rows = [row for row in FIRST_ROWS if not wanted or row in wanted]
    if not rows:
        return
    print("| from nothing, on the wall clock | `cargo check`, s | `cargo build --release`, s | crates of others |")
    print("|---|--:|--:|--:|", flush=True)
    for row in rows:
        (check, build), others = first_build(row, work)
        print(f"| {row} | {check:.1f} | {build:.1f} | {others} |", flush=True)
    print()


def derive_table(wanted, work):
    rows = [row for row in DERIVES if not wanted or row in wanted]
    if not rows:
        return
    print(f"| {STRUCTS} structs that nothing uses | `cargo check`, CPU s |")
    print("|---|--:|", flush=True)
    for row in rows:
        print(f"| {row} | {derives(row, work):.2f} |", flush=True)
    print()


def table(title, rows, wanted, run, work):
    rows = [row for row in rows if not wanted or row in wanted]
    if not rows:
        return
    print(f"| {title} | `cargo check`, CPU s | `cargo build --release`, CPU s | stripped binary, KB |")
    print("|---|--:|--:|--:|", flush=True)
    for row in rows:
        (check, build), size = run(row, work)
        print(f"| {row} | {check:.2f} | {build:.2f} | {size / 1000:.0f} |", flush=True)
    print()


def main():
    wanted = sys.argv[1:]
    unknown = [row for row in wanted if row not in [*ROWS, *DERIVES, *VENDOR_ROWS, *FIRST_ROWS]]
    if unknown:
        sys.exit(f"no such row: {unknown}; there are {[*ROWS, *DERIVES, *VENDOR_ROWS, *FIRST_ROWS]}")
    made = vendor_types.crates(VENDORS, VENDOR_NAMES)
    title = (
        f"{len(made)} generated crates of {sum(len(vendor.operations) for vendor in made)} operations, "
        f"{sum(len(places) for vendor in made for places in vendor.items.values())} types"
    )
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        table(f"{STRUCTS} structs of {len(MEMBERS)} members", ROWS, wanted, structs, work)
        derive_table(wanted, work)
        table(title, VENDOR_ROWS, wanted, vendors, work)
        first_builds(wanted, work)


if __name__ == "__main__":
    main()
