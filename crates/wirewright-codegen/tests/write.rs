//! A generated crate's folder: written, left alone, cleared of what is left over, compared.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use wirewright_codegen::emit::GeneratedFile;
use wirewright_codegen::write::{self, DifferenceKind, MARKER, Mode, Outcome};

/// A folder that is removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wirewright-write-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file under `path` with its text, every link with where it leads.
    fn files(&self, path: &str) -> BTreeMap<String, String> {
        fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    walk(root, &path, files);
                    continue;
                }
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                let text = match fs::read_link(&path) {
                    Ok(target) => format!("-> {}", target.display()),
                    Err(_) => fs::read_to_string(&path).unwrap(),
                };
                files.insert(name, text);
            }
        }
        let root = self.0.join(path);
        let mut files = BTreeMap::new();
        walk(&root, &root, &mut files);
        files
    }

    fn crate_folder(&self) -> PathBuf {
        self.0.join("nina")
    }

    fn write(&self, files: &[GeneratedFile]) -> Outcome {
        write::write(&self.crate_folder(), files, Mode::Write).unwrap()
    }

    fn check(&self, files: &[GeneratedFile]) -> Outcome {
        let before = self.files("");
        let outcome = write::write(&self.crate_folder(), files, Mode::Check).unwrap();
        assert_eq!(self.files(""), before, "a check writes nothing");
        outcome
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn file(path: &str, text: &str) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text: text.to_owned() }
}

fn manifest() -> String {
    format!("{MARKER}protocol-defs/nina. Do not edit.\n[package]\nname = \"nina\"\n")
}

fn generated() -> Vec<GeneratedFile> {
    vec![
        file("Cargo.toml", &manifest()),
        file("src/lib.rs", "pub mod auth;\n"),
        file("src/auth/logout.rs", "pub struct Request;\n"),
    ]
}

fn as_map(files: &[GeneratedFile]) -> BTreeMap<String, String> {
    files.iter().map(|file| (file.path.clone(), file.text.clone())).collect()
}

fn shown(outcome: &Outcome) -> String {
    outcome.differences.iter().map(ToString::to_string).collect()
}

#[test]
fn a_new_crate_is_written_whole() {
    let folder = Folder::new("new");
    let outcome = folder.write(&generated());
    assert_eq!((outcome.written(), outcome.removed()), (3, 0));
    assert_eq!(folder.files("nina"), as_map(&generated()));
    assert!(folder.check(&generated()).differences.is_empty());
}

#[test]
fn only_what_differs_is_touched() {
    let folder = Folder::new("touched");
    folder.write(&generated());
    let past = SystemTime::now() - Duration::from_secs(3600);
    let time = |path: &str| fs::metadata(folder.crate_folder().join(path)).unwrap().modified().unwrap();
    for file in generated() {
        fs::File::options()
            .write(true)
            .open(folder.crate_folder().join(file.path))
            .unwrap()
            .set_modified(past)
            .unwrap();
    }
    let settled = time("src/lib.rs");

    assert!(folder.write(&generated()).differences.is_empty());
    assert_eq!(time("src/lib.rs"), settled);

    let mut files = generated();
    // Of the same length, so that only the content tells.
    files[2].text = "pub struct Reversi;\n".to_owned();
    let outcome = folder.write(&files);
    assert_eq!((outcome.written(), outcome.removed()), (1, 0));
    assert_eq!(time("src/lib.rs"), settled);
    assert!(time("src/auth/logout.rs") > settled);
    assert_eq!(folder.files("nina"), as_map(&files));
}

#[test]
fn what_is_left_over_goes() {
    let folder = Folder::new("stale");
    folder.write(&generated());
    folder.put("nina/src/session/login.rs", "");
    folder.put("nina/tests/.hidden", "");
    folder.put("nina/src/.lib.rs.1.tmp", "half a fi");
    let killed = fs::File::options().write(true).open(folder.0.join("nina/src/.lib.rs.1.tmp")).unwrap();
    killed.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    folder.put("nina/target/debug/huge", "");
    fs::create_dir_all(folder.crate_folder().join("src/a/b/c")).unwrap();

    let outcome = folder.check(&generated());
    assert_eq!(
        shown(&outcome),
        "left over: src/.lib.rs.1.tmp\nleft over: src/session/login.rs\nleft over: tests/.hidden\n"
    );

    let outcome = folder.write(&generated());
    assert_eq!((outcome.written(), outcome.removed()), (0, 3));
    let mut expected = as_map(&generated());
    expected.insert("target/debug/huge".to_owned(), String::new());
    assert_eq!(folder.files("nina"), expected);
    assert!(!folder.crate_folder().join("tests").exists());
    assert!(!folder.crate_folder().join("src/a").exists());
}

#[test]
fn files_and_folders_change_places() {
    let folder = Folder::new("places");
    folder.write(&generated());
    let mut files = generated();
    files[1].path = "src/lib.rs/inner.rs".to_owned();
    files[2].path = "src/auth".to_owned();
    assert_eq!(folder.check(&files).differences.len(), 4);
    folder.write(&files);
    assert_eq!(folder.files("nina"), as_map(&files));
}

#[test]
fn a_check_tells_each_way_to_differ() {
    let folder = Folder::new("check");
    folder.write(&generated());
    folder.put("nina/README.md", "notes");
    fs::remove_file(folder.crate_folder().join("src/auth/logout.rs")).unwrap();
    let mut files = generated();
    files[1].text = "pub mod auth;\npub mod session;\n".to_owned();
    let outcome = folder.check(&files);
    assert_eq!((outcome.written(), outcome.removed()), (2, 1));
    assert_eq!(
        shown(&outcome),
        "left over: README.md\n\
         missing: src/auth/logout.rs\n\
         changed: src/lib.rs\n  @@ -1,1 +1,2 @@\n   pub mod auth;\n  +pub mod session;\n"
    );
}

#[test]
fn a_long_diff_is_cut() {
    let folder = Folder::new("long");
    let text = |word: &str| (0..100).fold(String::new(), |text, line| text + word + &line.to_string() + "\n");
    let mut files = generated();
    files[1].text = text("old");
    folder.write(&files);
    files[1].text = text("new");
    let shown = shown(&folder.check(&files));
    assert_eq!(shown.lines().count(), 22, "{shown}");
    assert!(shown.ends_with("  ... 181 more lines\n"), "{shown}");
}

#[test]
fn many_files_are_written_and_compared() {
    let folder = Folder::new("many");
    let mut files = generated();
    files.extend(
        (0..1000).map(|n| file(&format!("src/group{}/operation{n}.rs", n % 7), &format!("// {n}\n"))),
    );
    assert_eq!(folder.write(&files).written(), 1003);
    assert_eq!(folder.files("nina"), as_map(&files));
    files[700].text = "// other\n".to_owned();
    files.swap_remove(900);
    let outcome = folder.check(&files);
    let kinds: Vec<bool> =
        outcome.differences.iter().map(|difference| difference.kind == DifferenceKind::LeftOver).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&true) && kinds.contains(&false));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    folder.write(&generated());
    folder.put("elsewhere/auth/logout.rs", "pub struct Request;\n");
    folder.put("elsewhere/lib.rs", "pub mod auth;\n");
    let root = folder.crate_folder();
    fs::remove_dir_all(root.join("src")).unwrap();

    // A folder's link whose files look right all the same.
    symlink(folder.0.join("elsewhere"), root.join("src")).unwrap();
    let outcome = folder.check(&generated());
    assert_eq!((outcome.written(), outcome.removed()), (2, 1));
    folder.write(&generated());
    assert!(!root.join("src").is_symlink());

    // A file's link.
    fs::remove_file(root.join("src/lib.rs")).unwrap();
    symlink(folder.0.join("elsewhere/lib.rs"), root.join("src/lib.rs")).unwrap();
    assert_eq!(
        shown(&folder.check(&generated())),
        "changed: src/lib.rs\n  a symbolic link, where a file was generated\n"
    );
    folder.write(&generated());
    assert!(!root.join("src/lib.rs").is_symlink());
    assert_eq!(folder.files("nina"), as_map(&generated()));
    assert_eq!(folder.files("elsewhere").len(), 2);

    // The crate's own folder.
    fs::rename(&root, folder.0.join("real")).unwrap();
    symlink(folder.0.join("real"), &root).unwrap();
    assert_eq!(write::write(&root, &generated(), Mode::Write).unwrap_err().kind(), ErrorKind::NotADirectory);
}

#[test]
fn what_a_person_wrote_is_not_destroyed() {
    let by_hand = [("Cargo.toml", "[package]\nname = \"nina\"\n"), ("src/lib.rs", "// by hand\n")];
    // With a manifest and without one.
    for skipped in [0, 1] {
        let folder = Folder::new(&format!("hand{skipped}"));
        for (path, text) in &by_hand[skipped..] {
            folder.put(&format!("nina/{path}"), text);
        }
        folder.put("nina/src/notes.rs", "");
        let before = folder.files("");
        let error = write::write(&folder.crate_folder(), &generated(), Mode::Write).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(folder.files(""), before);
    }
}

#[test]
fn a_lost_manifest_comes_back() {
    let folder = Folder::new("manifest");
    folder.write(&generated());
    fs::remove_file(folder.crate_folder().join("Cargo.toml")).unwrap();
    assert_eq!(folder.write(&generated()).written(), 1);
    assert_eq!(folder.files("nina"), as_map(&generated()));
}

#[test]
fn paths_out_of_the_folder_are_refused() {
    let folder = Folder::new("paths");
    for path in ["", "/etc/passwd", "../x", "src/../../x", "src//x", "./x", "src/", "src/./x"] {
        let files = [file("Cargo.toml", &manifest()), file(path, "")];
        let error = write::write(&folder.crate_folder(), &files, Mode::Write).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
    }
    let twice = [file("src/lib.rs", ""), file("src/lib.rs", "")];
    assert_eq!(
        write::write(&folder.crate_folder(), &twice, Mode::Write).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
    let unmarked = [file("Cargo.toml", "[package]\n")];
    assert_eq!(
        write::write(&folder.crate_folder(), &unmarked, Mode::Write).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
    assert!(folder.files("").is_empty());
}

#[test]
fn crates_without_a_definition_are_found_and_removed() {
    let folder = Folder::new("abandoned");
    folder.put("crates/gone/Cargo.toml", &manifest());
    folder.put("crates/gone/target/x", "");
    folder.put("crates/kept/Cargo.toml", &manifest());
    folder.put("definitions/kept/protocol.toml", "");
    folder.put("crates/by-hand/Cargo.toml", "[package]\n# @generated elsewhere\n");
    folder.put("crates/no-crate/notes.txt", "");
    let crates = folder.0.join("crates");
    let definitions = folder.0.join("definitions");
    assert_eq!(write::abandoned(&crates, &definitions).unwrap(), ["gone"]);
    assert_eq!(write::abandoned(&folder.0.join("nothing"), &definitions).unwrap(), [""; 0]);

    for name in ["by-hand", "no-crate"] {
        assert_eq!(write::remove(&crates.join(name)).unwrap_err().kind(), ErrorKind::AlreadyExists);
    }
    write::remove(&crates.join("gone")).unwrap();
    assert!(!crates.join("gone").exists());
    assert_eq!(folder.files("crates").len(), 3);
}

/// Two runs at once are as good as one: neither takes what the other is writing for left over.
#[test]
fn several_runs_at_once() {
    let folder = Folder::new("at-once");
    let version = |number: usize| {
        let mut files = generated();
        files.extend((0..40).map(|index| file(&format!("src/m{index}.rs"), &format!("// {number}\n"))));
        files
    };
    for number in 0..20 {
        let files = version(number);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| folder.write(&files));
            }
        });
        assert_eq!(folder.files("nina"), as_map(&files), "{number}");
    }
}
