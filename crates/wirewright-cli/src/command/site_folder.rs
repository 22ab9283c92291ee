//! The folder of a site: what was written there before is known by a list, and nothing else is touched.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path},
};

use wirewright_docs::File;

use super::failed::Failed;

/// The list of what was written.
const LIST: &str = "wirewright-docs.txt";

/// How the list begins.
const HEAD: &str = "# Written by `wirewright docs`, which writes these files anew, and removes those that it does not need any more.";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) written: usize,
    pub(super) removed: usize,
}

/// Writes the files of a site, and removes those of it that were written before and are none any more.
///
/// # Errors
///
/// When something else is where a file has to be, and nothing was written; or a file cannot be read, written or removed.
pub(super) fn write(folder: &Path, files: &[File]) -> Result<Outcome, Failed> {
    let before = listed(folder)?;
    let mut outcome = Outcome::default();
    let mut changed = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        match fs::read(&path) {
            Ok(there) if there == file.text.as_bytes() => {}
            Ok(_) if before.contains(&file.path) => changed.push(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => changed.push(file),
            Ok(_) => {
                return Err(Failed::usage(format!(
                    "{} is there already, and is not of `wirewright docs`: move it, or name another folder. Nothing was written",
                    path.display()
                )));
            }
            Err(error) => return Err(Failed::other(format!("{} cannot be read: {error}", path.display()))),
        }
    }
    let paths: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    // Should this run be ended, the next one knows all of what it has written.
    let known: BTreeSet<String> = before.union(&paths).cloned().collect();
    if known != before {
        put(&folder.join(LIST), &list(&known))?;
    }
    for file in changed {
        put(&folder.join(&file.path), &file.text)?;
        outcome.written += 1;
    }
    for stale in before.difference(&paths) {
        outcome.removed += usize::from(remove(folder, stale)?);
    }
    if known != paths {
        put(&folder.join(LIST), &list(&paths))?;
    }
    Ok(outcome)
}

/// The paths that were written before.
fn listed(folder: &Path) -> Result<BTreeSet<String>, Failed> {
    let path = folder.join(LIST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(Failed::other(format!("{} cannot be read: {error}", path.display()))),
    };
    let Some(paths) = text.strip_prefix(HEAD) else {
        return Err(Failed::usage(format!(
            "{} is there already, and is no list of `wirewright docs`: move it, or name another folder. Nothing was written",
            path.display()
        )));
    };
    let is_below =
        |path: &&str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    Ok(paths.lines().filter(|path| !path.is_empty()).filter(is_below).map(str::to_owned).collect())
}

fn list(paths: &BTreeSet<String>) -> String {
    let mut text = HEAD.to_owned();
    for path in paths {
        text.push('\n');
        text.push_str(path);
    }
    text.push('\n');
    text
}

fn put(path: &Path, text: &str) -> Result<(), Failed> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| Failed::other(format!("{} cannot be written: {error}", path.display())))
}

/// Removes a file, and its folder where nothing else is in it; `false`: it was gone. What is behind a link is not of the site.
fn remove(folder: &Path, stale: &str) -> Result<bool, Failed> {
    let path = folder.join(stale);
    let within = path.ancestors().skip(1).take_while(|around| *around != folder);
    let is_folder = |around: &Path| fs::symlink_metadata(around).is_ok_and(|found| found.is_dir());
    if !within.clone().all(is_folder) {
        return Ok(false);
    }
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Failed::other(format!("{} cannot be removed: {error}", path.display()))),
    }
    for around in within {
        // It fails where something is in it, which stays.
        let _ = fs::remove_dir(around);
    }
    Ok(true)
}
