//! A crate's folder on disk: what is in it, and how it changes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How long a file that is being written is beside its place at most.
const BEING_WRITTEN: Duration = Duration::from_secs(60);

/// What is at a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum EntryKind {
    File {
        bytes: u64,
    },
    /// A symbolic link, or something stranger.
    Other,
}

/// Everything in a folder but what cargo makes there, by path relative to it.
#[derive(Debug, Default)]
pub(super) struct Contents {
    files: HashMap<PathBuf, EntryKind>,
    folders: Vec<PathBuf>,
}

impl Contents {
    /// Empty for a folder that is not there.
    pub(super) fn of(root: &Path) -> io::Result<Self> {
        let mut contents = Self::default();
        match fs::symlink_metadata(root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(contents),
            Err(error) => return Err(error),
            Ok(metadata) if !metadata.is_dir() => {
                return Err(io::Error::new(
                    io::ErrorKind::NotADirectory,
                    format!("{} is not a folder", root.display()),
                ));
            }
            Ok(_) => {}
        }
        // Relative paths of folders that are still to be read. A list and not recursion: depth costs no stack.
        let mut unread = vec![PathBuf::new()];
        while let Some(folder) = unread.pop() {
            for entry in entries(&root.join(&folder))? {
                let path = folder.join(entry.file_name());
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    if path != Path::new("target") {
                        contents.folders.push(path.clone());
                        unread.push(path);
                    }
                } else if kind.is_file() && path == Path::new("Cargo.lock") {
                    // As with `target/`.
                } else if kind.is_file() {
                    let Some(metadata) = if_there(entry.metadata())? else { continue };
                    if !is_being_written(&path, &metadata) {
                        contents.files.insert(path, EntryKind::File { bytes: metadata.len() });
                    }
                } else {
                    contents.files.insert(path, EntryKind::Other);
                }
            }
        }
        Ok(contents)
    }

    /// The paths of everything that is no folder.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    pub(super) fn kind(&self, path: &Path) -> Option<EntryKind> {
        self.files.get(path).copied()
    }

    /// The folders that hold none of `files`, the inner ones first.
    pub(super) fn empty_folders(&self, files: &HashSet<&Path>) -> Vec<&Path> {
        let needed: HashSet<&Path> = files.iter().flat_map(|file| file.ancestors().skip(1)).collect();
        let mut empty: Vec<&Path> =
            self.folders.iter().map(PathBuf::as_path).filter(|folder| !needed.contains(folder)).collect();
        empty.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        empty
    }
}

/// Nothing for what is not there, or not any longer: another run may be at work in the same folder.
pub(super) fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether it is another run's, which is about to rename it: see [`replace`].
fn is_being_written(path: &Path, metadata: &Metadata) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let age = || metadata.modified().ok()?.elapsed().ok();
    name.starts_with('.') && name.ends_with(TEMPORARY) && age().is_none_or(|age| age < BEING_WRITTEN)
}

/// What is directly in a folder; nothing for one that is not there.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    if_there(fs::read_dir(folder))?.into_iter().flatten().collect()
}

/// Removes files, then folders, in the order given.
pub(super) fn remove(root: &Path, files: &[&Path], folders: &[&Path]) -> io::Result<()> {
    for file in files {
        if_there(fs::remove_file(root.join(file)))?;
    }
    for folder in folders {
        if_there(fs::remove_dir(root.join(folder)))?;
    }
    Ok(())
}

/// Creates the folders that `files` are in.
pub(super) fn create<'a>(root: &Path, files: impl Iterator<Item = &'a Path>) -> io::Result<()> {
    let folders: BTreeSet<&Path> = files.filter_map(Path::parent).collect();
    folders.into_iter().try_for_each(|folder| fs::create_dir_all(root.join(folder)))
}

/// How the names of files end that are being written.
const TEMPORARY: &str = ".tmp";

/// How many files have been written: two threads may write the same one.
static WRITTEN: AtomicUsize = AtomicUsize::new(0);

/// Writes beside the file and renames, so that nobody ever sees half of it. What a killed run leaves beside it is left over, and
/// goes when it is old enough not to be another run's.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(format!(".{}-{}{TEMPORARY}", process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed)));
    let beside = file.with_file_name(name);
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file)).inspect_err(|_| {
        // The first error is the one that counts.
        let _ = fs::remove_file(&beside);
    })
}
