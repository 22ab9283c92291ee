//! A project: its file, where everything is, and what is generated.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wirewright_codegen::emit;
use wirewright_codegen::packaging::{DEPENDENCIES, DEV_DEPENDENCIES, EDITION, RUNTIME, RUST_VERSION};
use wirewright_codegen::project::{Choices, Problem, Project};
use wirewright_codegen::words::{DEPENDENCY, PACKAGE, PROJECT};
use wirewright_codegen::write::Mode;

const PROTOCOL: &str = r#"
title      = "Buoy API"
source     = "buoy.example, which nobody offers"
endpoint   = "https://buoy.example"
methods    = { GET = "query" }
formats    = { json = {} }
parameters = { "*" = { from = "request" } }
envelope   = { ok = { is = "status", success = ["yes"] }, data = { is = "data" } }
"#;

const LIGHT: &str = r#"
[lit]
doc = "Whether it is lit."

[lit.reply]
since = { doc = "Since when." }

[[lit.example]]
name       = "dark"
reply.json = '{"ok": "yes"}'
"#;

/// A folder that is removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    /// With a definition in `protocol-defs/buoy`, and this project's file where it has any text.
    fn new(test: &str, file: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wirewright-project-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path.canonicalize().unwrap());
        folder.put("protocol-defs/buoy/protocol.toml", PROTOCOL);
        folder.put("protocol-defs/buoy/light.toml", LIGHT);
        if !file.is_empty() {
            folder.put("wirewright.toml", file);
        }
        folder
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        let path = self.0.join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn project(&self) -> Project {
        Project::find(&self.0, &Choices::default()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The faults of a project's file, with the folder's name left out.
fn faults(folder: &Folder, problem: &Problem) -> String {
    let Problem::Faults(faults) = problem else { panic!("{problem}") };
    let text: String = faults.iter().map(ToString::to_string).collect();
    text.replace(&format!("{}/", folder.0.display()), "")
}

#[test]
fn a_projects_file_has_faults_with_places() {
    let mut all = String::new();
    for (name, file) in [
        ("unknown word", "definition = \"defs\"\n[package]\ninherit = true\n"),
        ("not TOML", "definitions = \n"),
        ("no texts", "definitions = 1\noutput = \"\"\n[package]\nversion = 1.0\nfeatures = [1]\n"),
        (
            "spelling",
            "[package]\nversion = \"1\"\nrust-version = \"1.87\"\nedition = \"2018\"\nlicense = \" \"\nfeatures = [\"row\"]\n",
        ),
        ("a name for all", "[package]\nname = \"x\"\n[vendors.buoy]\nname = \"Buoy\"\n"),
        ("unknown vendor", "[vendors.boy]\nversion = \"0.1.0\"\n"),
        (
            "runtime",
            "[package]\nwirewright = { git = \"g\", path = \"p\", tags = \"v1\" }\n\
             [vendors]\nbuoy = { wirewright = { branch = \"main\" } }\n",
        ),
    ] {
        let folder = Folder::new("faults", file);
        let problem = Project::find(&folder.0, &Choices::default()).unwrap_err();
        write!(all, "== {name}\n\n{}\n", faults(&folder, &problem)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_manifest_is_what_the_project_says() {
    let mut all = String::new();
    for (name, file) in [
        ("no file", ""),
        ("inherits", "[package]\ninherit-workspace = true\n"),
        (
            "inherits the rest",
            "[package]\ninherit-workspace = true\nversion = \"1.0.0-beta.1\"\npublish = false\nwirewright = { path = \"../wirewright\" }\n",
        ),
        (
            "a vendor's own words come first",
            "[package]\nversion = \"1.0.0\"\nlicense = \"MIT\"\npublish = true\nfeatures = [\"rows\", \"serde\", \"server\"]\n\
             [vendors.buoy]\nname = \"acme-buoy\"\nedition = \"2021\"\nrust-version = \"1.90\"\npublish = \"acme\"\n\
             wirewright = { git = \"https://acme.example/w\", rev = \"abc\" }\n",
        ),
        ("a version", "output = \"here\"\n[package]\nwirewright = \"0.2\"\n"),
        (
            "a path",
            "output = \"a/b/c\"\n[package]\nwirewright = { version = \"0.1\", path = \"libs/wirewright\" }\n",
        ),
    ] {
        let folder = Folder::new("manifest", file);
        let project = folder.project();
        let loaded = project.load(&[]).unwrap();
        let files = emit::files(&loaded[0].vendor, &project.packaging("buoy"));
        let manifest = files.iter().find(|file| file.path == "Cargo.toml").unwrap();
        write!(all, "== {name}\n\n{}\n", manifest.text).unwrap();
    }
    insta::assert_snapshot!(all);
}

/// Versions are in the workspace's manifest and in the generator, which has no other way to know them in somebody else's.
#[test]
fn versions_are_those_of_the_workspace() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let shared = DEPENDENCIES.iter().chain(DEV_DEPENDENCIES);
    let mut lines: Vec<String> = shared.map(|(name, value)| format!("{name} = {value}")).collect();
    lines.push(format!("edition = \"{EDITION}\""));
    lines.push(format!("rust-version = \"{RUST_VERSION}\""));
    lines.push(format!("version = \"{RUNTIME}\""));
    for line in lines {
        assert!(manifest.lines().any(|found| found == line), "Cargo.toml has no line `{line}`");
    }
}

/// What headers, tests and the project's file name is where it is, wherever that is.
#[test]
fn places_are_seen_from_where_they_are_named() {
    for (case, file, choices, definition, output, snapshots) in [
        (
            "usual",
            "",
            ["", ""],
            "protocol-defs/buoy",
            "crates/vendors",
            "../../../../../protocol-defs/buoy/snapshots",
        ),
        (
            "said",
            "output = \"gen\"\n",
            ["", ""],
            "protocol-defs/buoy",
            "gen",
            "../../../../protocol-defs/buoy/snapshots",
        ),
        (
            "chosen",
            "output = \"gen\"\n",
            ["", "a/b"],
            "protocol-defs/buoy",
            "a/b",
            "../../../../../protocol-defs/buoy/snapshots",
        ),
        (
            "elsewhere",
            "",
            ["apis/defs", ""],
            "defs/buoy",
            "apis/crates/vendors",
            "../../../../../defs/buoy/snapshots",
        ),
        (
            "elsewhere in the project",
            "definitions = \"nowhere\"\n",
            ["apis/defs", "out"],
            "apis/defs/buoy",
            "out",
            "../../../../apis/defs/buoy/snapshots",
        ),
    ] {
        let folder = Folder::new("places", file);
        folder.put("apis/defs/buoy/protocol.toml", PROTOCOL);
        folder.put("apis/defs/buoy/light.toml", LIGHT);
        let chosen = choices.map(|choice| (!choice.is_empty()).then(|| folder.0.join(choice)));
        let [definitions, chosen_output] = chosen;
        let choices = Choices { definitions, output: chosen_output, ..Choices::default() };
        // From a folder in the project.
        let project = Project::find(&folder.0.join("protocol-defs/buoy"), &choices).unwrap();
        project.generate(&[], Mode::Write).unwrap();
        let begins = format!("@generated by wirewright from {definition}. Change the definition instead.");
        for (file, sign) in [("Cargo.toml", "# "), ("src/lib.rs", "// "), ("tests/definition/main.rs", "// ")]
        {
            let text = folder.read(&format!("{output}/buoy/{file}"));
            assert_eq!(text.lines().next(), Some(&*format!("{sign}{begins}")), "{case}");
        }
        let page = folder.read(&format!("{output}/buoy/src/lib.rs"));
        assert!(page.contains(&format!("generated from `{definition}`")), "{case}: {page}");
        let text = folder.read(&format!("{output}/buoy/tests/definition/main.rs"));
        assert!(text.contains(&format!("set_snapshot_path(\"{snapshots}\")")), "{case}: {text}");
        // It is where the interface was written, too.
        let beside = folder.0.join(output).join("buoy/tests/definition").join(snapshots).join("api.snap");
        assert!(beside.is_file(), "{case}: {}", beside.display());
        assert!(project.generate(&[], Mode::Check).unwrap().is_up_to_date(), "{case}");
    }
}

/// What nothing of the definition has any more is told, and goes.
#[test]
fn snapshots_are_those_of_the_definition() {
    let folder = Folder::new("snapshots", "");
    let project = folder.project();
    project.generate(&[], Mode::Write).unwrap();
    let snapshots = "protocol-defs/buoy/snapshots";
    for file in
        ["light.lit.snap", "light.lit.dark.json.snap", "light.unlit.snap", "light.lit.snap.new", "notes.txt"]
    {
        folder.put(&format!("{snapshots}/{file}"), "");
    }
    let interface = folder.read(&format!("{snapshots}/api.snap"));
    assert!(interface.contains("pub mod light {\n"), "{interface}");
    folder.put(&format!("{snapshots}/api.snap"), &interface.replace("pub mod light", "pub mod lights"));

    let told = |mode| project.generate(&[], mode).unwrap().differences().collect::<String>();
    assert_eq!(
        told(Mode::Check)
            .lines()
            .filter(|line| !line.starts_with("   ") && !line.contains("@@"))
            .collect::<Vec<_>>(),
        [
            "buoy: changed: snapshots/api.snap",
            "  -pub mod lights {",
            "  +pub mod light {",
            "buoy: left over: snapshots/light.unlit.snap",
        ]
    );
    assert_eq!(
        told(Mode::Write),
        "buoy: changed: snapshots/api.snap\nbuoy: left over: snapshots/light.unlit.snap\n"
    );
    assert_eq!(told(Mode::Check), "");
    assert_eq!(folder.read(&format!("{snapshots}/api.snap")), interface);
    let left = fs::read_dir(folder.0.join(snapshots)).unwrap();
    let mut left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(
        left,
        ["api.snap", "light.lit.dark.json.snap", "light.lit.snap", "light.lit.snap.new", "notes.txt"]
    );
}

/// All faults of all definitions are told at once, and nothing is written.
#[test]
fn nothing_is_generated_where_something_is_wrong() {
    let folder = Folder::new("wrong", "");
    folder.put("protocol-defs/dinghy/protocol.toml", &PROTOCOL.replace("title ", "titel "));
    folder.put("protocol-defs/raft/protocol.toml", &PROTOCOL.replace("[\"yes\"]", "[]"));
    let project = folder.project();
    let problem = project.generate(&[], Mode::Write).unwrap_err();
    let Problem::Faults(faults) = &problem else { panic!("{problem}") };
    let files: Vec<_> = faults.iter().map(|faults| faults.diagnostics()[0].file.clone()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for (file, vendor) in files.iter().zip(["dinghy", "raft"]) {
        assert!(file.ends_with(&format!("protocol-defs/{vendor}/protocol.toml")), "{file}");
    }
    assert!(problem.to_string().starts_with("nothing was written: there are "), "{problem}");
    assert!(!folder.0.join("crates").exists());

    for (wanted, told) in [
        ("boy", "there is no vendor `boy`: did you mean `buoy`?"),
        ("yacht", "there is no vendor `yacht`; there are buoy, dinghy, raft"),
    ] {
        let problem = project.generate(&[wanted.to_owned()], Mode::Write).unwrap_err();
        assert_eq!(problem.to_string(), told);
    }
    // One without a fault is generated alone.
    let outcome = project.generate(&["buoy".to_owned()], Mode::Write).unwrap();
    assert_eq!(outcome.crates.iter().map(|one| &*one.vendor).collect::<Vec<_>>(), ["buoy"]);
    assert!(folder.0.join("crates/vendors/buoy/Cargo.toml").exists());
}

/// Cargo would tell one of them a run.
#[test]
fn all_that_a_workspace_lacks_is_told_at_once() {
    let told = |manifest: &str, file: &str| {
        let folder = Folder::new("inherits", file);
        if !manifest.is_empty() {
            folder.put("Cargo.toml", manifest);
        }
        let problem =
            folder.project().generate(&[], Mode::Write).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(folder.0.join("crates/vendors/buoy").exists(), problem.is_ok());
        problem.err().unwrap_or_default().replace(&format!("{}/", folder.0.display()), "")
    };
    let inherits = "[package]\ninherit-workspace = true\n";
    let whole = "[workspace.package]\nversion = \"1.0.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\
                 license = \"MIT\"\npublish = false\n[workspace.dependencies]\nhttp = \"1\"\ninsta = \"1\"\n\
                 proptest = \"1\"\nwirewright.path = \"w\"\n[workspace.lints.rust]\n";
    let some = whole.replace("publish = false\n", "").replace("http = \"1\"\n", "");
    let mut all = String::new();
    for (name, manifest, file) in [
        ("no workspace", "", inherits.to_owned()),
        ("a package", "[package]\nname = \"x\"\n", inherits.to_owned()),
        ("nothing of it", "[workspace]\n", inherits.to_owned()),
        ("some of it", &some, inherits.to_owned()),
        ("what is not said", "[workspace]\n", format!("{inherits}license = \"MIT\"\nwirewright = \"0.1\"\n")),
        ("all of it", whole, inherits.to_owned()),
        ("nothing inherits", "", String::new()),
    ] {
        write!(all, "== {name}\n\n{}\n\n", told(manifest, &file)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_crate_without_a_definition_goes() {
    let folder = Folder::new("abandoned", "");
    folder.put("protocol-defs/dinghy/protocol.toml", PROTOCOL);
    folder.put("protocol-defs/dinghy/light.toml", LIGHT);
    folder.project().generate(&[], Mode::Write).unwrap();
    fs::remove_dir_all(folder.0.join("protocol-defs/dinghy")).unwrap();
    // What cargo makes for a crate without a workspace is not ours.
    folder.put("crates/vendors/buoy/Cargo.lock", "");
    let project = folder.project();
    let outcome = project.generate(&[], Mode::Check).unwrap();
    assert_eq!(outcome.differences().collect::<String>(), "dinghy: left over: the whole crate\n");
    assert_eq!(project.generate(&[], Mode::Write).unwrap().abandoned, ["dinghy"]);
    assert!(!folder.0.join("crates/vendors/dinghy").exists());
    assert!(project.generate(&[], Mode::Check).unwrap().is_up_to_date());
}

#[test]
fn a_project_without_definitions_says_so() {
    let folder = Folder::new("empty", "definitions = \"nothing\"\n");
    let told = |folder: &Folder| Project::find(&folder.0, &Choices::default()).unwrap_err().to_string();
    assert!(told(&folder).starts_with(&format!("{} cannot be read: ", folder.0.join("nothing").display())));
    fs::create_dir(folder.0.join("nothing")).unwrap();
    let expected = "has no vendor: expected a folder for each, with a `protocol.toml`";
    assert_eq!(told(&folder), format!("{} {expected}", folder.0.join("nothing").display()));
}

/// The examples of the reference have no fault, and every word is in one of them.
#[test]
fn the_reference_shows_every_word_of_a_projects_file() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reference/examples/project.md"));
    let page = page.unwrap();
    let mut shown = String::new();
    for block in page.split("```toml,project\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let folder = Folder::new("reference", block);
        for vendor in ["parcels", "depots", "streets", "towns"] {
            folder.put(&format!("protocol-defs/{vendor}/protocol.toml"), PROTOCOL);
        }
        if let Err(problem) = Project::find(&folder.0, &Choices::default()) {
            panic!("{}", faults(&folder, &problem));
        }
        shown.push_str(block);
    }
    for word in [PROJECT, PACKAGE, DEPENDENCY].iter().flat_map(|vocabulary| vocabulary.words) {
        let is_key = |line: &str| {
            let keys = line.split(['{', ',']).map(|part| part.trim().trim_start_matches('['));
            keys.into_iter().any(|key| key.split([' ', '=', ']', '.']).next() == Some(word.word))
        };
        assert!(shown.lines().any(is_key), "no example of `{}`", word.word);
    }
}
