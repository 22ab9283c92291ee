//! Where an answer goes.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use wirewright_cli::call::Open;

use super::failed::Failed;

/// Where an answer goes: to whoever reads, or to a file, which is there when it is whole.
pub(super) enum Out {
    Standard(io::BufWriter<io::Stdout>),
    File(io::BufWriter<NamedTempFile>, PathBuf),
    /// A device, a pipe or the like, whose place no file can take.
    Special(io::BufWriter<fs::File>, PathBuf),
}

impl Out {
    pub(super) fn new(file: Option<&PathBuf>, open: &Open) -> Result<Self, Failed> {
        let Some(path) = file else { return Ok(Self::Standard(io::BufWriter::new(io::stdout()))) };
        let there = fs::metadata(path).ok();
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let special = fs::OpenOptions::new().write(true).open(path);
            let special = special.map_err(|error| unwritten(path, &error))?;
            return Ok(Self::Special(io::BufWriter::new(special), path.clone()));
        }
        // What a link leads to is written, and the link stays.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        // As every other program makes a file: the one that was there, or what the person lets others do.
        let allowed = there.map_or_else(usual, |there| Some(there.permissions()));
        if let Some(allowed) = allowed {
            builder.permissions(allowed);
        }
        let begun = builder.tempfile_in(folder.unwrap_or(Path::new(".")));
        let begun = begun.map_err(|error| unwritten(path, &error))?;
        open.add_draft(begun.path());
        Ok(Self::File(io::BufWriter::new(begun), target))
    }

    pub(super) fn writer(&mut self) -> &mut (dyn io::Write + Send) {
        match self {
            Self::Standard(out) => out,
            Self::File(out, _) => out,
            Self::Special(out, _) => out,
        }
    }

    pub(super) fn finish(self) -> Result<(), Failed> {
        let (out, path) = match self {
            Self::Standard(mut out) => return read_by_nobody(out.flush()),
            Self::Special(mut out, path) => return out.flush().map_err(|error| unwritten(&path, &error)),
            Self::File(out, path) => (out, path),
        };
        let file = out.into_inner().map_err(|error| unwritten(&path, error.error()))?;
        file.persist(&path).map(drop).map_err(|error| unwritten(&path, &error.error))
    }
}

/// What others may do with a new file, before the system takes away what the person keeps from them.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is no such thing")]
fn usual() -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual() -> Option<fs::Permissions> {
    None
}

fn unwritten(path: &Path, error: &io::Error) -> Failed {
    Failed::other(format!("{} cannot be written: {error}", path.display()))
}

/// Nobody may be reading, which is no failure of the call.
pub(super) fn read_by_nobody(written: io::Result<()>) -> Result<(), Failed> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failed::other(format!("the answer cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
