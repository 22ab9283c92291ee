#!/usr/bin/env python3
"""What 300 structs of 8 members cost to check and to build: this project's derive against serde's.

Every struct is written and read once in every format that the row names. The dependencies are built first, with an empty
`main`. CPU seconds (user and system, of cargo and its children) are what counts: wall time suffers on a shared machine.

    ./run.py [ROW ...]
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STRUCTS = 300

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
        "use wirewright::{Format, Options, decode, encode};\n"
        "const OPTIONS: Options = Options::new();\n",
        "for format in [Format::Xml, Format::Json, Format::Query] { let text = encode(format, &v, &OPTIONS).unwrap(); n += text.len() as u64; "
        "black_box(decode::<T>(format, &text, &OPTIONS).unwrap()); }",
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


def source(row):
    _, derive, prelude, body = ROWS[row]
    lines = ["use std::hint::black_box;", prelude]
    for index in range(STRUCTS):
        name = f"Message{index}"
        # Names differ from struct to struct, as those of real messages do.
        members = [(f"{member}_{index}" if place % 2 else member, kind, value) for place, (member, kind, value) in enumerate(MEMBERS)]
        lines.append(f"{derive}\npub struct {name} {{ {', '.join(f'pub {member}: {kind}' for member, kind, _ in members)} }}")
        made = ", ".join(f"{member}: {value}" for member, _, value in members)
        used = body.replace("<T>", f"<{name}>")
        lines.append(f"#[inline(never)]\nfn use_{index}(text: &String, mut n: u64) -> u64 {{ let v = {name} {{ {made} }}; {used} n }}")
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


def measure(row, work):
    crate = work / f"row{list(ROWS).index(row)}"
    (crate / "src").mkdir(parents=True)
    (crate / "Cargo.toml").write_text(
        f'[package]\nname = "{crate.name}"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n'
        f"[profile.release]\nstrip = true\n\n[dependencies]\n{ROWS[row][0]}"
    )
    main = crate / "src/main.rs"
    seconds = []
    for command in (["check"], ["build", "--release"]):
        main.write_text("fn main() {}\n")
        cargo(crate, work / "target", *command)
        main.write_text(source(row))
        seconds.append(cargo(crate, work / "target", *command))
    program = work / "target/release" / crate.name
    subprocess.run([program], check=True, capture_output=True)
    return seconds, program.stat().st_size


def main():
    print(f"| {STRUCTS} structs of {len(MEMBERS)} members | `cargo check`, CPU s | `cargo build --release`, CPU s | stripped binary, KB |")
    print("|---|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as work:
        for row in sys.argv[1:] or ROWS:
            (check, build), size = measure(row, pathlib.Path(work))
            print(f"| {row} | {check:.2f} | {build:.2f} | {size / 1000:.0f} |", flush=True)


if __name__ == "__main__":
    main()
