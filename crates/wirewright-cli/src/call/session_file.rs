//! The file that keeps sessions from one call to the next.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use wirewright::{Secret, Wire, json, zeroize::Zeroizing};

use wirewright_interpret::{Definition, Session, SessionType};

use super::{failure::Failure, open::Open};

/// A longer file keeps no sessions, in bytes.
const LONGEST: u64 = 1 << 20;
/// How often a file that another call writes is looked at again, and how long after.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

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
    /// Of the file itself, if there is one: a link to it stays a link.
    path: PathBuf,
    /// As it was named.
    named: PathBuf,
    is_there: bool,
    vendor: &'static str,
    content: Content,
}

impl SessionFile {
    /// The sessions that the file keeps: none if it is not there. Calls go to `endpoint`, unless they go to the vendor's own.
    pub(super) fn read(named: &Path, vendor: &'static str, endpoint: Option<&str>) -> Result<Self, Failure> {
        let path = fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
        let content = read(&path, named, vendor)?;
        if let (Some(content), Some(endpoint)) = (&content, endpoint) {
            let at = |endpoint: &str| endpoint.trim_end_matches('/').to_owned();
            if Some(at(endpoint)) != content.endpoint.as_deref().map(at) {
                let opened =
                    content.endpoint.as_deref().unwrap_or("the vendor's own endpoint").escape_debug();
                return Err(wrong(
                    named,
                    &format!(
                        "its session was opened at {opened}, and goes nowhere else: leave `--endpoint` out, or name another file"
                    ),
                ));
            }
        }
        let is_there = content.is_some();
        let content = content.unwrap_or_else(|| Content {
            version: VERSION,
            vendor: vendor.to_owned(),
            endpoint: endpoint.map(str::to_owned),
            sessions: Vec::new(),
        });
        Ok(Self { path, named: named.to_owned(), is_there, vendor, content })
    }

    pub(super) fn path(&self) -> std::path::Display<'_> {
        self.named.display()
    }

    pub(super) const fn is_there(&self) -> bool {
        self.is_there
    }

    /// Where its sessions were opened, if it is not the vendor's own endpoint.
    pub(super) fn endpoint(&self) -> Option<&str> {
        self.content.endpoint.as_deref()
    }

    pub(super) fn keeps(&self, kind: &SessionType) -> bool {
        self.entry(kind).is_some()
    }

    fn entry(&self, kind: &SessionType) -> Option<&Entry> {
        self.content.sessions.iter().find(|session| session.kind == kind.described().name)
    }

    /// The session of this kind, if there is one.
    pub(super) fn session(
        &self,
        definition: &Definition,
        kind: &SessionType,
    ) -> Result<Option<Session>, Failure> {
        let session = self.entry(kind).map(|entry| definition.restore(kind, entry.state.expose()));
        session.transpose().map_err(|error| {
            let kind = kind.described().name;
            wrong(&self.named, &format!("the session of the kind {kind} in it cannot be read: {error}"))
        })
    }

    /// A place for what the file will be: whoever has one can write the file, and nobody else can meanwhile. What the file has become
    /// since it was read is read again.
    pub(super) fn draft<'o>(&mut self, open: &'o Open) -> Result<Draft<'o>, Failure> {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let path = self.path.with_file_name(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        for _ in 0..TRIES {
            match options.open(&path) {
                Ok(file) => {
                    open.add_draft(&path);
                    let draft = Draft { path, file, open };
                    if let Some(content) = read(&self.path, &self.named, self.vendor)? {
                        self.content = content;
                        self.is_there = true;
                    }
                    return Ok(draft);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => thread::sleep(PAUSE),
                Err(error) => {
                    return Err(Failure::other(format!("{}: it cannot be written: {error}", self.path())));
                }
            }
        }
        Err(Failure::other(format!(
            "{}: another call writes it. If that call was killed, remove {}",
            self.path(),
            path.display()
        )))
    }

    /// Whether a session of this kind can be opened: there is none, or the vendor has said that it has ended.
    pub(super) fn has_room(&self, kind: &SessionType) -> bool {
        self.entry(kind).is_none_or(|entry| entry.expired == Some(true))
    }

    /// Takes down that the session of this kind has ended: another one may take its place.
    pub(super) fn expire(&mut self, kind: &SessionType, open: &Open) -> Result<(), Failure> {
        let draft = self.draft(open)?;
        let mut sessions = self.content.sessions.iter_mut();
        if let Some(entry) = sessions.find(|session| session.kind == kind.described().name) {
            entry.expired = Some(true);
        }
        self.write(draft)
    }

    /// Keeps one more session.
    pub(super) fn add(&mut self, session: &Session, draft: Draft<'_>) -> Result<(), Failure> {
        let kind = session.kind().described().name;
        let state = session.save().map_err(|error| {
            Failure::other(format!("a session of the kind {kind} cannot be kept: {error}"))
        })?;
        self.content.sessions.retain(|session| session.kind != kind);
        self.content.sessions.push(Entry { kind: kind.to_owned(), state, expired: None });
        self.write(draft)
    }

    /// Keeps the session of this kind no longer. A file without sessions goes.
    pub(super) fn remove(&mut self, kind: &SessionType, open: &Open) -> Result<(), Failure> {
        let draft = self.draft(open)?;
        self.content.sessions.retain(|session| session.kind != kind.described().name);
        if !self.content.sessions.is_empty() {
            return self.write(draft);
        }
        fs::remove_file(&self.path)
            .map_err(|error| Failure::other(format!("{}: it cannot be removed: {error}", self.path())))
    }

    fn write(&self, mut draft: Draft<'_>) -> Result<(), Failure> {
        let failed = |error: &dyn std::fmt::Display| {
            Failure::other(format!("{}: it cannot be written: {error}", self.path()))
        };
        let text = json::to_string(&self.content).map(Zeroizing::new).map_err(|error| failed(&error))?;
        let written = draft.file.write_all(text.as_bytes()).and_then(|()| draft.file.sync_all());
        // Whoever reads meanwhile sees the old file or the new one, and never a part.
        written.and_then(|()| fs::rename(&draft.path, &self.path)).map_err(|error| failed(&error))
    }
}

fn wrong(named: &Path, what: &str) -> Failure {
    Failure::usage(format!("{}: {what}", named.display()))
}

/// What is in the file at `path`. `None`: it is not there.
fn read(path: &Path, named: &Path, vendor: &str) -> Result<Option<Content>, Failure> {
    let unreadable = |error: io::Error| wrong(named, &format!("it cannot be read: {error}"));
    let described = match fs::metadata(path) {
        Ok(described) => described,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // A device may have no end.
    if !described.is_file() || described.len() > LONGEST {
        return Err(wrong(named, "it is no file of sessions"));
    }
    only_its_owner(&described, named)?;
    let mut text = Zeroizing::new(Vec::new());
    fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut text)).map_err(unreadable)?;
    let text = std::str::from_utf8(&text).map_err(|_| wrong(named, "it is no file of sessions"))?;
    let no_file = |error| wrong(named, &format!("it is no file of sessions: {error}"));
    let head: Head = json::from_str(text).map_err(no_file)?;
    if head.version != VERSION {
        return Err(wrong(
            named,
            &format!(
                "its format is {}, and this program reads {VERSION}: use the program that wrote it, or name another file",
                head.version
            ),
        ));
    }
    if head.vendor != vendor {
        let other = head.vendor.escape_debug();
        return Err(wrong(
            named,
            &format!("it keeps a session of `{other}`, and the call is one of `{vendor}`: name another file"),
        ));
    }
    json::from_str(text).map(Some).map_err(no_file)
}

/// A file that others can read is as good as sessions that others have.
#[cfg(unix)]
fn only_its_owner(described: &fs::Metadata, named: &Path) -> Result<(), Failure> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&described.permissions()) & 0o777;
    if mode.trailing_zeros() >= 6 {
        return Ok(());
    }
    Err(wrong(
        named,
        &format!(
            "others than its owner may use it (its mode is {mode:o}), and with it the session: `chmod 600 {}` makes it the owner's alone",
            named.display()
        ),
    ))
}

#[cfg(not(unix))]
fn only_its_owner(_: &fs::Metadata, _: &Path) -> Result<(), Failure> {
    Ok(())
}

/// What a file of sessions will be. It goes unless it was written.
#[derive(Debug)]
pub(super) struct Draft<'o> {
    path: PathBuf,
    file: fs::File,
    open: &'o Open,
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        self.open.remove_draft(&self.path);
    }
}
