//! The file that keeps sessions from one call to the next.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process,
};

use wirewright::{Secret, Wire, json, zeroize::Zeroizing};

use super::{
    failure::Failure,
    table::{Kind, Live},
};

/// The format of the file that is written here.
const VERSION: u32 = 1;

/// What every format of the file has.
#[derive(Wire)]
struct Head {
    version: u32,
    vendor: String,
}

/// A file of this format, in JSON.
#[derive(Debug, Wire)]
struct Content {
    version: u32,
    vendor: String,
    /// Scheme and host, where they are not the vendor's own.
    endpoint: Option<String>,
    #[wire(list(item = "session"))]
    sessions: Vec<Entry>,
}

/// An open session.
#[derive(Debug, Wire)]
struct Entry {
    kind: String,
    /// The session's state, as its type writes it.
    state: Secret<String>,
    /// Whether the vendor has said that it has ended.
    expired: Option<bool>,
}

/// The open sessions of a vendor, at most one of each kind.
#[derive(Debug)]
pub(super) struct SessionFile {
    path: PathBuf,
    is_there: bool,
    content: Content,
}

impl SessionFile {
    /// The sessions that the file keeps: none if it is not there. Calls go to `endpoint`, unless they go to the vendor's own.
    pub(super) fn read(path: &Path, vendor: &str, endpoint: Option<&str>) -> Result<Self, Failure> {
        let wrong = |what: String| Failure::new(format!("{}: {what}", path.display()));
        let text = match fs::read(path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (vendor, endpoint) = (vendor.to_owned(), endpoint.map(str::to_owned));
                let content = Content { version: VERSION, vendor, endpoint, sessions: Vec::new() };
                return Ok(Self { path: path.to_owned(), is_there: false, content });
            }
            Err(error) => return Err(wrong(format!("it cannot be read: {error}"))),
        };
        let text = std::str::from_utf8(&text).map_err(|_| wrong("it is no file of sessions".to_owned()))?;
        let no_file = |error| wrong(format!("it is no file of sessions: {error}"));
        let head: Head = json::from_str(text).map_err(no_file)?;
        if head.version != VERSION {
            return Err(wrong(format!(
                "its format is {}, and this program reads {VERSION}: use the program that wrote it, or name another file",
                head.version
            )));
        }
        if head.vendor != vendor {
            let other = head.vendor.escape_debug();
            return Err(wrong(format!(
                "it keeps a session of `{other}`, and the call is one of `{vendor}`: name another file"
            )));
        }
        let content: Content = json::from_str(text).map_err(no_file)?;
        let at = |endpoint: Option<&str>| endpoint.map(|endpoint| endpoint.trim_end_matches('/').to_owned());
        if endpoint.is_some() && at(endpoint) != at(content.endpoint.as_deref()) {
            let opened = content.endpoint.as_deref().unwrap_or("the vendor's own endpoint").escape_debug();
            return Err(wrong(format!(
                "its session was opened at {opened}, and goes nowhere else: leave `--endpoint` out, or name another file"
            )));
        }
        Ok(Self { path: path.to_owned(), is_there: true, content })
    }

    pub(super) fn path(&self) -> std::path::Display<'_> {
        self.path.display()
    }

    pub(super) const fn is_there(&self) -> bool {
        self.is_there
    }

    /// Where its sessions were opened, if it is not the vendor's own endpoint.
    pub(super) fn endpoint(&self) -> Option<&str> {
        self.content.endpoint.as_deref()
    }

    pub(super) fn keeps(&self, kind: &Kind) -> bool {
        self.entry(kind).is_some()
    }

    fn entry(&self, kind: &Kind) -> Option<&Entry> {
        self.content.sessions.iter().find(|session| session.kind == kind.described.name)
    }

    /// The session of this kind, if there is one.
    pub(super) fn session(&self, kind: &Kind) -> Result<Option<Box<dyn Live>>, Failure> {
        let session = self.entry(kind).map(|entry| (kind.restore)(entry.state.expose()));
        session.transpose().map_err(|error| {
            Failure::new(format!(
                "{}: the session of the kind {} in it cannot be read: {error}",
                self.path(),
                kind.described.name
            ))
        })
    }

    /// A place for what the file will be: whoever has one can write the file.
    pub(super) fn draft(&self) -> Result<Draft, Failure> {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", process::id()));
        let path = self.path.with_file_name(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => Ok(Draft { path, file }),
            Err(error) => Err(Failure::new(format!("{}: it cannot be written: {error}", self.path()))),
        }
    }

    /// Whether a session of this kind can be opened: there is none, or the vendor has said that it has ended.
    pub(super) fn has_room(&self, kind: &Kind) -> bool {
        self.entry(kind).is_none_or(|entry| entry.expired == Some(true))
    }

    /// Takes down that the session of this kind has ended: another one may take its place.
    pub(super) fn expire(&mut self, kind: &Kind) -> Result<(), Failure> {
        let mut sessions = self.content.sessions.iter_mut();
        if let Some(entry) = sessions.find(|session| session.kind == kind.described.name) {
            entry.expired = Some(true);
        }
        let draft = self.draft()?;
        self.write(draft)
    }

    /// Keeps one more session.
    pub(super) fn add(&mut self, kind: &Kind, session: &dyn Live, draft: Draft) -> Result<(), Failure> {
        let state = session.save().map_err(|error| {
            Failure::new(format!("a session of the kind {} cannot be kept: {error}", kind.described.name))
        })?;
        let kind = kind.described.name;
        self.content.sessions.retain(|session| session.kind != kind);
        self.content.sessions.push(Entry { kind: kind.to_owned(), state, expired: None });
        self.write(draft)
    }

    /// Keeps the session of this kind no longer. A file without sessions goes.
    pub(super) fn remove(&mut self, kind: &Kind) -> Result<(), Failure> {
        self.content.sessions.retain(|session| session.kind != kind.described.name);
        if !self.content.sessions.is_empty() {
            let draft = self.draft()?;
            return self.write(draft);
        }
        fs::remove_file(&self.path)
            .map_err(|error| Failure::new(format!("{}: it cannot be removed: {error}", self.path())))
    }

    fn write(&self, mut draft: Draft) -> Result<(), Failure> {
        let failed = |error: &dyn std::fmt::Display| {
            Failure::new(format!("{}: it cannot be written: {error}", self.path()))
        };
        let text = json::to_string(&self.content).map(Zeroizing::new).map_err(|error| failed(&error))?;
        let written = draft.file.write_all(text.as_bytes()).and_then(|()| draft.file.sync_all());
        // Whoever reads meanwhile sees the old file or the new one, and never a part.
        written.and_then(|()| fs::rename(&draft.path, &self.path)).map_err(|error| failed(&error))
    }
}

/// What a file of sessions will be. It goes unless it was written.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    file: fs::File,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // One that was written has another name by now.
        let _ = fs::remove_file(&self.path);
    }
}
