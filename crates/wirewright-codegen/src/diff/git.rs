//! The files of a definition as they were in a revision of git, by running `git`.

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::PROTOCOL;

/// How large the files of a definition are together at most, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Why a definition of another revision cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum GitError {
    /// The program `git` cannot be run.
    NoGit(io::Error),
    /// The folder is in no repository, or in one that git does not touch; what git says of it.
    NoRepository(PathBuf, String),
    /// There is no such revision.
    UnknownRevision(String),
    /// A file is no text, a link, or too large.
    Unreadable(String, &'static str),
    /// What git says where none of these is the reason.
    Failed(String),
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit(error) => write!(
                f,
                "cannot run `git`: {error}; install it, or name a folder with the old definition instead of a revision"
            ),
            Self::NoRepository(folder, said) => write!(
                f,
                "`{}` is in no repository of git: {said}; name a folder with the old definition instead of a revision",
                folder.display()
            ),
            Self::UnknownRevision(revision) => write!(
                f,
                "there is no revision `{revision}` here; expected a commit, a branch or a tag that this clone has: \
                 `git fetch` gets others, and a shallow clone has few"
            ),
            Self::Unreadable(file, why) => write!(f, "cannot read `{file}` of that revision: {why}"),
            Self::Failed(said) => write!(f, "git failed: {said}"),
        }
    }
}

impl std::error::Error for GitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoGit(error) => Some(error),
            _ => None,
        }
    }
}

/// The files of the definition in `folder` as they were in a revision (`main`, `v1.2`, `HEAD~3`), by name and text, for
/// [`load_sources`](crate::load_sources). `None`: the folder had no definition there. The folder need not be there any longer.
///
/// # Errors
///
/// Without `git`, outside of a repository, for a revision that is not there, and for files that are no texts or larger than 64 MiB
/// together.
pub fn sources(folder: &Path, revision: &str) -> Result<Option<Vec<(String, String)>>, GitError> {
    let (here, listed) = listed(folder, revision, &["-l"])?;
    let mut files = Vec::new();
    let mut size: u64 = 0;
    for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let Some(entry) = Entry::of(entry)? else { continue };
        size = size.saturating_add(entry.size);
        if size > MOST_BYTES {
            return Err(GitError::Unreadable(entry.name, "the files are too large"));
        }
        let bytes = run(&here, &["cat-file", "blob", &entry.object])?.map_err(GitError::Failed)?;
        match String::from_utf8(bytes) {
            Ok(text) => files.push((entry.name, text)),
            Err(_) => return Err(GitError::Unreadable(entry.name, "it is not UTF-8")),
        }
    }
    Ok((!files.is_empty()).then_some(files))
}

/// The names of the folders in `folder` that had a definition in a revision, in their order. The folder need not be there any longer.
///
/// # Errors
///
/// Without `git`, outside of a repository, and for a revision that is not there.
pub fn vendors(folder: &Path, revision: &str) -> Result<Vec<String>, GitError> {
    let (_, listed) = listed(folder, revision, &["-r", "--name-only"])?;
    let paths = listed.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let below = place(folder)?.1;
    let names = paths.filter_map(|path| {
        let inside = path.strip_prefix(below.as_str())?.trim_start_matches('/');
        let (name, file) = inside.split_once('/')?;
        (file == PROTOCOL).then(|| name.to_owned())
    });
    Ok(names.collect())
}

/// Where git runs for a folder, and the folder's path in the repository.
fn place(folder: &Path) -> Result<(PathBuf, String), GitError> {
    let (here, below) = existing(folder);
    let said = |said| GitError::NoRepository(folder.to_owned(), said);
    let prefix = run(&here, &["rev-parse", "--show-prefix"])?.map_err(said)?;
    let path = line(prefix)? + &below;
    Ok((here, path.trim_end_matches('/').to_owned()))
}

/// Where git runs for a folder, and what it lists of the folder in a revision.
fn listed(folder: &Path, revision: &str, how: &[&str]) -> Result<(PathBuf, Vec<u8>), GitError> {
    let (here, path) = place(folder)?;
    let commit = commit(&here, revision)?;
    let mut listing = vec!["ls-tree", "-z", "--full-tree"];
    listing.extend(how);
    listing.push(&commit);
    let inside = format!("{path}/");
    if !path.is_empty() {
        listing.extend(["--", inside.as_str()]);
    }
    let listed = run(&here, &listing)?.map_err(GitError::Failed)?;
    Ok((here, listed))
}

/// A file of a definition, as git lists it.
struct Entry {
    object: String,
    size: u64,
    name: String,
}

impl Entry {
    /// From `mode type object size\tpath`; `None` for what is no file of a definition.
    fn of(listed: &[u8]) -> Result<Option<Self>, GitError> {
        let unknown = || GitError::Failed("it lists files in a way that is not known".to_owned());
        let text = String::from_utf8_lossy(listed);
        let (facts, path) = text.split_once('\t').ok_or_else(unknown)?;
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        if Path::new(&name).extension() != Some(OsStr::new("toml")) {
            return Ok(None);
        }
        let mut facts = facts.split_ascii_whitespace();
        let (mode, kind, object, size) = (facts.next(), facts.next(), facts.next(), facts.next());
        if kind != Some("blob") {
            return Ok(None);
        }
        if mode == Some("120000") {
            return Err(GitError::Unreadable(name, "it is a link"));
        }
        let size = size.and_then(|size| size.parse().ok()).ok_or_else(unknown)?;
        Ok(Some(Self { object: object.ok_or_else(unknown)?.to_owned(), size, name }))
    }
}

/// The commit that a revision is.
fn commit(here: &Path, revision: &str) -> Result<String, GitError> {
    let unknown = || GitError::UnknownRevision(revision.to_owned());
    // Git would take it for an option.
    if revision.is_empty() || revision.starts_with('-') {
        return Err(unknown());
    }
    let spelled = format!("{revision}^{{commit}}");
    line(run(here, &["rev-parse", "--verify", "--quiet", &spelled])?.map_err(|_| unknown())?)
}

/// The nearest folder that is there, and what is below it, with `/` between folders.
fn existing(folder: &Path) -> (PathBuf, String) {
    let mut here = folder;
    let mut below: Vec<String> = Vec::new();
    while !here.is_dir() {
        let (Some(around), Some(name)) = (here.parent(), here.file_name()) else { break };
        below.insert(0, name.to_string_lossy().into_owned());
        here = around;
    }
    let here = if here.as_os_str().is_empty() { Path::new(".") } else { here };
    (here.to_owned(), below.join("/"))
}

/// What git writes, or what it says where it fails.
fn run(here: &Path, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, GitError> {
    let mut git = Command::new("git");
    git.current_dir(here)
        .args(arguments)
        .stdin(Stdio::null())
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C");
    let output = git.output().map_err(GitError::NoGit)?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ").replace('\n', " ");
    Ok(Err(if said.is_empty() { format!("it ended with {}", output.status) } else { said }))
}

/// The only line of what git wrote.
fn line(bytes: Vec<u8>) -> Result<String, GitError> {
    let text = String::from_utf8(bytes).map_err(|_| GitError::Failed("a path is not UTF-8".to_owned()))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
