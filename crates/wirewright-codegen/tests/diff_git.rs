//! A definition as it was in a revision, from a repository that is made here.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wirewright_codegen::diff::git::{GitError, sources};

/// A temporary folder of this test's own, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wirewright-diff-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn git(here: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(here)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
        .args(["-c", "core.autocrlf=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn write(file: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A repository with a definition `defs/maß und zahl` that changed once, beside other things.
fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    let root = &folder.0;
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    write(&root.join("README.md"), "text");
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "-m", "zero"]);
    git(root, &["tag", "before"]);
    let definition = root.join("defs/maß und zahl");
    write(&definition.join("protocol.toml"), "title = \"old\"\n");
    write(&definition.join("größe.toml"), "doc = \"old\"\n");
    write(&definition.join("notes.md"), "no definition");
    write(&definition.join("snapshots/deep.toml"), "no = \"definition\"");
    write(&definition.join("empty.toml"), "");
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "-m", "one"]);
    git(root, &["tag", "v1"]);
    write(&definition.join("protocol.toml"), "title = \"new\"\n");
    git(root, &["commit", "--quiet", "-a", "-m", "two"]);
    folder
}

fn texts(files: Option<Vec<(String, String)>>) -> Vec<(String, String)> {
    let mut files = files.unwrap();
    files.sort();
    files
}

#[test]
fn files_are_those_of_the_revision() {
    let folder = repository("files");
    let definition = folder.0.join("defs/maß und zahl");
    let old = texts(sources(&definition, "v1").unwrap());
    let named = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let expected = [
        named("empty.toml", ""),
        named("größe.toml", "doc = \"old\"\n"),
        named("protocol.toml", "title = \"old\"\n"),
    ];
    assert_eq!(old, expected);
    for revision in ["HEAD", "main", "main@{0}"] {
        assert_eq!(texts(sources(&definition, revision).unwrap())[2].1, "title = \"new\"\n", "{revision}");
    }
    assert_eq!(texts(sources(&definition, "HEAD~1").unwrap()), expected);
    // What is not committed is no revision's.
    write(&definition.join("protocol.toml"), "title = \"newer\"\n");
    assert_eq!(texts(sources(&definition, "HEAD").unwrap())[2].1, "title = \"new\"\n");
}

#[test]
fn a_definition_may_come_and_go() {
    let folder = repository("come");
    let definition = folder.0.join("defs/maß und zahl");
    assert!(sources(&definition, "before").unwrap().is_none());
    assert!(sources(&folder.0.join("defs/nothing"), "HEAD").unwrap().is_none());
    assert!(sources(&folder.0, "HEAD").unwrap().is_none());
    fs::remove_dir_all(folder.0.join("defs")).unwrap();
    assert_eq!(texts(sources(&definition, "v1").unwrap()).len(), 3);
}

#[test]
fn a_definition_can_be_the_whole_repository() {
    let folder = Folder::new("whole");
    git(&folder.0, &["init", "--quiet"]);
    write(&folder.0.join("protocol.toml"), "title = \"old\"");
    git(&folder.0, &["add", "."]);
    git(&folder.0, &["commit", "--quiet", "-m", "one"]);
    assert_eq!(texts(sources(&folder.0, "HEAD").unwrap()).len(), 1);
}

#[test]
fn errors_say_what_to_do() {
    let folder = repository("errors");
    let definition = folder.0.join("defs/maß und zahl");
    for revision in ["v2", "", "--help", "-x", "v1:defs", "HEAD~99", "a b"] {
        let error = sources(&definition, revision).unwrap_err();
        assert!(matches!(error, GitError::UnknownRevision(_)), "{revision}: {error}");
        assert!(error.to_string().contains(&format!("no revision `{revision}`")), "{error}");
    }
    let outside = Folder::new("outside");
    let error = sources(&outside.0, "HEAD").unwrap_err();
    assert!(matches!(error, GitError::NoRepository(..)), "{error}");
    assert!(error.to_string().contains("name a folder"), "{error}");

    write(&definition.join("wrong.toml"), [0xff, 0xfe]);
    git(&folder.0, &["add", "."]);
    git(&folder.0, &["commit", "--quiet", "-m", "three"]);
    let error = sources(&definition, "HEAD").unwrap_err();
    assert_eq!(error.to_string(), "cannot read `wrong.toml` of that revision: it is not UTF-8");
}

#[cfg(unix)]
#[test]
fn a_link_is_no_file() {
    let folder = repository("link");
    let definition = folder.0.join("defs/maß und zahl");
    std::os::unix::fs::symlink("protocol.toml", definition.join("link.toml")).unwrap();
    git(&folder.0, &["add", "."]);
    git(&folder.0, &["commit", "--quiet", "-m", "three"]);
    let error = sources(&definition, "HEAD").unwrap_err();
    assert_eq!(error.to_string(), "cannot read `link.toml` of that revision: it is a link");
}

/// Files that nobody would write do not fill the memory.
#[test]
fn size_is_bounded() {
    let folder = repository("size");
    let definition = folder.0.join("defs/maß und zahl");
    write(&definition.join("large.toml"), vec![b'#'; (64 << 20) + 1]);
    git(&folder.0, &["add", "."]);
    git(&folder.0, &["commit", "--quiet", "-m", "three"]);
    let error = sources(&definition, "HEAD").unwrap_err();
    assert_eq!(error.to_string(), "cannot read `large.toml` of that revision: the files are too large");
}
