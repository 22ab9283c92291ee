//! Python programs: servers that end with who started them, and clients that have to come to an end.

use std::{
    error::Error,
    fs,
    io::{self, BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{random::Judge, recorder};

/// How long a server may take to start.
const START: Duration = Duration::from_secs(60);
/// How long a server may take to end.
const END: Duration = Duration::from_secs(5);
/// How long a client may take for all its calls.
const CALLS: Duration = Duration::from_secs(60);

/// The interpreter with the packages, and the folder of what servers keep.
#[derive(Debug)]
pub(crate) struct Python {
    interpreter: PathBuf,
    folder: PathBuf,
}

impl Python {
    /// `folder` is emptied.
    pub(crate) fn new(interpreter: PathBuf, folder: PathBuf) -> Result<Self, Box<dyn Error>> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { interpreter, folder })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(&self.interpreter);
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join(program));
        command
    }

    /// Starts a server of `servers.py`: one that is not written in Python is at `program`.
    pub(crate) fn server(&self, name: &str, program: Option<&Path>) -> Result<Server, Box<dyn Error>> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        let mut child = self
            .command("servers.py")
            .arg(name)
            .arg(folder)
            .args(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        // From here on it ends when this function fails.
        let mut server = Server { child, url: String::new(), told: Vec::new() };
        let (sender, line) = mpsc::channel();
        // The thread ends with the server, at the latest.
        thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(output).read_line(&mut line);
            let _ = sender.send(read.map(|_| line));
        });
        let line =
            line.recv_timeout(START).map_err(|_| format!("{name} did not start within {START:?}"))??;
        let mut words = line.split_whitespace().map(str::to_owned);
        server.url = words.next().unwrap_or_default();
        server.told = words.collect();
        if server.url.is_empty() {
            return Err(format!("{name} ended before it listened; what it said is above").into());
        }
        Ok(server)
    }

    /// Starts the judges of signatures.
    pub(crate) fn judge(&self) -> Result<Judge, Box<dyn Error>> {
        Judge::new(self.command("judges.py").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?)
    }

    /// Runs a client of `clients.py` against a server.
    pub(crate) fn client(&self, name: &str, url: &str) -> Result<(), Box<dyn Error>> {
        let mut child = self.command("clients.py").args([name, url]).stdin(Stdio::null()).spawn()?;
        let started = Instant::now();
        loop {
            match child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("{name}: {status}; what it said is above").into()),
                None if started.elapsed() > CALLS => {
                    child.kill()?;
                    child.wait()?;
                    return Err(format!("{name} was not done within {CALLS:?}").into());
                }
                None => thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

/// A server in a process of its own. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    url: String,
    /// What it said behind its URL.
    told: Vec<String>,
}

impl Server {
    /// The same server behind a recorder.
    pub(crate) fn recorded(mut self, file: &Path) -> io::Result<Self> {
        self.url = recorder::record(&self.url, file)?;
        Ok(self)
    }

    /// As in `http://127.0.0.1:49152`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What it said behind its URL.
    pub(crate) fn told(&self) -> &[String] {
        &self.told
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input, and so do the programs that it has started; that is waited for.
        drop(self.child.stdin.take());
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && asked.elapsed() < END {
            thread::sleep(Duration::from_millis(10));
        }
        // Whether it has ended already is all the same.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
