//! `Cargo.toml`.

use std::fmt::Write as _;

use super::{form::origin, text::literal};
use crate::packaging::{
    DEPENDENCIES, DEV_DEPENDENCIES, Dependency, EDITION, Packaging, Publish, RUNTIME, RUST_VERSION, VERSION,
};
use crate::plan::{context::Context, features::Features};

/// The manifest, with the line by which the generator knows a crate as its own.
pub(super) fn manifest(context: &Context<'_>, packaging: &Packaging) -> String {
    let vendor = context.vendor;
    let mut text = format!("# {}\n[package]\n", origin(&packaging.definition));
    // Writing to a string cannot fail.
    let _ = writeln!(text, "name = {}", literal(&vendor.package));
    let _ = writeln!(text, "description = {}", literal(&format!("{}, typed", vendor.title)));
    package(&mut text, packaging);
    text.push_str(
        "\n[package.metadata.docs.rs]\nall-features = true\nrustdoc-args = [\"--cfg\", \"docsrs\"]\n",
    );
    text.push_str("\n# All tests are in the folder of tests.\n[lib]\ntest = false\n");
    features(&mut text, Features::new(context), packaging);
    text.push_str("\n[dependencies]\n");
    shared(&mut text, DEPENDENCIES, packaging);
    runtime(&mut text, Features::new(context), packaging);
    text.push_str("\n[dev-dependencies]\n");
    shared(&mut text, DEV_DEPENDENCIES, packaging);
    let _ = writeln!(
        text,
        "# The crate itself, as its tests need it.\n\
         {} = {{ path = \".\", features = [\"server\", \"testing\"] }}",
        vendor.package
    );
    text.push_str(if packaging.inherit {
        "\n[lints]\nworkspace = true\n"
    } else {
        "\n[lints.rust]\nunsafe_code = \"forbid\"\n"
    });
    text
}

/// What the package says of itself: what is given, what is inherited, or what a crate of its own has.
fn package(text: &mut String, packaging: &Packaging) {
    let publish = packaging.publish.as_ref().map(|publish| match publish {
        Publish::No => "false".to_owned(),
        Publish::Anywhere => "true".to_owned(),
        Publish::Registry(name) => format!("[{}]", literal(name)),
    });
    let quoted = |text: &Option<String>| text.as_deref().map(literal);
    for (word, given, own) in [
        ("version", quoted(&packaging.version), Some(literal(VERSION))),
        ("edition", quoted(&packaging.edition), Some(literal(EDITION))),
        ("rust-version", quoted(&packaging.rust_version), Some(literal(RUST_VERSION))),
        ("license", quoted(&packaging.license), None),
        ("publish", publish, Some("false".to_owned())),
    ] {
        let _ = match given {
            Some(value) => writeln!(text, "{word} = {value}"),
            None if packaging.inherit => writeln!(text, "{word}.workspace = true"),
            None => own.map_or(Ok(()), |value| writeln!(text, "{word} = {value}")),
        };
    }
}

fn features(text: &mut String, needed: Features, packaging: &Packaging) {
    let mut offered = Vec::new();
    if needed.rows {
        offered.push(("rows", "# Replies and requests of rows as streams.\n"));
    }
    // Where the vendor has another one, its crate cannot do without.
    if !needed.charsets {
        let what = "# The charsets of the WHATWG's Encoding Standard in replies, beside UTF-8 and UTF-16.\n";
        offered.push(("charsets", what));
    }
    offered.extend([
        ("serde", "# serde's traits on the crate's types.\n"),
        ("server", "# The vendor's side: a trait to implement, and a server over it.\n"),
        (
            "testing",
            "# For tests and tools: samples of every type, and all operations one after the other.\n",
        ),
    ]);
    let on: Vec<String> =
        offered.iter().filter(|(name, _)| packaging.is_on(name)).map(|(name, _)| literal(name)).collect();
    let _ = write!(text, "\n[features]\ndefault = [{}]\n", on.join(", "));
    for (name, what) in offered {
        let _ = writeln!(text, "{what}{name} = [\"wirewright/{name}\"]");
    }
}

/// Dependencies that a workspace of several vendors has in one place.
fn shared(text: &mut String, dependencies: &[(&str, &str)], packaging: &Packaging) {
    for (name, value) in dependencies {
        let _ = if packaging.inherit {
            writeln!(text, "{name}.workspace = true")
        } else {
            writeln!(text, "{name} = {value}")
        };
    }
}

fn runtime(text: &mut String, needed: Features, packaging: &Packaging) {
    // A crate whose messages have dates, files, another charset or a signature cannot do without.
    let features: Vec<_> = needed.required().into_iter().map(literal).collect();
    let mut words = match &packaging.runtime {
        Some(dependency) => said(dependency),
        None if packaging.inherit => vec!["workspace = true".to_owned()],
        None => vec![format!("version = {}", literal(RUNTIME))],
    };
    if !features.is_empty() {
        words.push(format!("features = [{}]", features.join(", ")));
    }
    let _ = match words.as_slice() {
        [only] if only == "workspace = true" => writeln!(text, "wirewright.workspace = true"),
        [only] if only.starts_with("version = ") => {
            writeln!(text, "wirewright = {}", only.trim_start_matches("version = "))
        }
        words => writeln!(text, "wirewright = {{ {} }}", words.join(", ")),
    };
}

fn said(dependency: &Dependency) -> Vec<String> {
    let word = |(word, value): (&str, &String)| format!("{word} = {}", literal(value));
    let path = dependency.path.iter().map(|path| word(("path", path)));
    path.chain(dependency.words.iter().map(|(name, value)| word((name, value)))).collect()
}
