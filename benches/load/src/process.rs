//! The processes of a run, and what one of them takes up.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use crate::{
    arguments::{Arguments, Client, Failure},
    runner::By,
};

/// What a process takes up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Footprint {
    /// Memory that is in RAM, in KiB.
    pub(crate) memory: u64,
    /// Open descriptors.
    pub(crate) descriptors: u64,
}

impl Footprint {
    /// That of this process, as Linux tells it.
    pub(crate) fn now() -> Result<Self, Failure> {
        let status = fs::read_to_string("/proc/self/status").map_err(|error| format!("/proc: {error}"))?;
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.and_then(|text| text.split_whitespace().next()?.parse().ok());
        let open = fs::read_dir("/proc/self/fd").map_err(|error| format!("/proc: {error}"))?.count();
        Ok(Self {
            memory: memory.ok_or("/proc/self/status has no VmRSS")?,
            descriptors: u64::try_from(open).unwrap_or(u64::MAX),
        })
    }
}

/// The process of the server. It ends with this.
pub(crate) struct Server {
    process: Child,
    origin: String,
}

impl Server {
    pub(crate) fn start(at_once: usize) -> Result<Self, Failure> {
        let failed = |error| format!("the server's process: {error}");
        let mut process = this()?
            .args(["--serve", "--at-once", &at_once.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut origin = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut origin).map_err(failed)?;
        }
        Ok(Self { process, origin: origin.trim().to_owned() })
    }

    /// What the process of a client says.
    pub(crate) fn measure(&self, client: Client, by: By, arguments: &Arguments) -> Result<String, Failure> {
        let failed = |error| format!("the process of {}: {error}", client.name());
        let Arguments { sessions, first, at_once, pairs, per_run, .. } = arguments;
        let numbers = [
            ("--sessions", sessions),
            ("--first", first),
            ("--at-once", at_once),
            ("--pairs", pairs),
            ("--per-run", per_run),
        ];
        let mut command = this()?;
        command.args(["--client", client.name(), "--origin", &self.origin]);
        if let By::Hand = by {
            command.arg("--by-hand");
        }
        for (name, number) in numbers {
            command.args([name, &number.to_string()]);
        }
        let output = command.stderr(Stdio::inherit()).output().map_err(failed)?;
        if !output.status.success() {
            return Err(format!("the process of {} ended with {}", client.name(), output.status));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input is the end of it.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn this() -> Result<Command, Failure> {
    env::current_exe().map(Command::new).map_err(|error| format!("this program: {error}"))
}
