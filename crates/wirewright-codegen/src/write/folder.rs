//! A crate's folder on disk: what is in it, and how it changes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// What is at a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum EntryKind {
    File {
        bytes: u64,
    },
    /// A symbolic link, or something stranger.
    Other,
}

/// Everything in a folder but `target/`, by path relative to it.
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
                } else if kind.is_file() {
                    contents.files.insert(path, EntryKind::File { bytes: entry.metadata()?.len() });
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

/// What is directly in a folder; nothing for one that is not there.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Removes files, then folders, in the order given.
pub(super) fn remove(root: &Path, files: &[&Path], folders: &[&Path]) -> io::Result<()> {
    for file in files {
        fs::remove_file(root.join(file))?;
    }
    for folder in folders {
        fs::remove_dir(root.join(folder))?;
    }
    Ok(())
}

/// Creates the folders that `files` are in.
pub(super) fn create<'a>(root: &Path, files: impl Iterator<Item = &'a Path>) -> io::Result<()> {
    let folders: BTreeSet<&Path> = files.filter_map(Path::parent).collect();
    folders.into_iter().try_for_each(|folder| fs::create_dir_all(root.join(folder)))
}

/// Writes beside the file and renames, so that nobody ever sees half of it. What a killed run leaves beside it is left over, and
/// goes the next time.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", process::id()));
    let beside = file.with_file_name(name);
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file)).inspect_err(|_| {
        // The first error is the one that counts.
        let _ = fs::remove_file(&beside);
    })
}
