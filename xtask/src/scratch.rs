//! A temporary folder in which the commands of a page are run as somebody would who follows it: in a shell, one after the other. The
//! folder `wirewright` in it is this workspace, as if it had been cloned there.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fences::Block;
use crate::output::Failure;
use crate::process;

/// What the script begins with.
///
/// Packages get the versions that this workspace has locked: what somebody publishes tomorrow is no fault of the page. Cargo takes what is
/// not used out of the file, and so it is copied again for each command. It is tried whether a program is installed and works, and not how
/// fast it is, which takes minutes. What is started in the background ends with the script.
const PROLOGUE: &str = r#"set -eu
cargo() {
    if [ -f Cargo.toml ]; then cp "$SCRATCH/wirewright/Cargo.lock" .; fi
    if [ "$1" = install ]; then shift; set -- install --debug "$@"; fi
    command cargo "$@"
}
started=''
trap '[ -z "$started" ] || kill $started 2>/dev/null || :' EXIT
trap 'exit 130' HUP INT TERM
"#;

/// A temporary folder, which is removed when this is dropped.
pub(crate) struct Scratch {
    folder: PathBuf,
    script: String,
    /// How many files the script uses of its own.
    files: usize,
}

impl Scratch {
    /// An empty folder. It is always the same for this checkout and name: cargo knows again what it has built of it.
    pub(crate) fn new(root: &Path, name: &str) -> Result<Self, Failure> {
        let folder = place(root, name);
        clear(&folder)?;
        let made = Self { folder, script: PROLOGUE.to_owned(), files: 0 };
        fs::create_dir_all(made.own())
            .and_then(|()| link(root, &made.folder.join("wirewright")))
            .map_err(|error| format!("{}: {error}", made.folder.display()))?;
        Ok(made)
    }

    /// The folder of what is no part of the page.
    fn own(&self) -> PathBuf {
        self.folder.join(".own")
    }

    /// Writes the file that the block is, or runs its commands: those that `wanted` takes.
    pub(crate) fn add(&mut self, block: &Block, wanted: impl Fn(&str) -> bool) -> Result<(), Failure> {
        let place = quoted(block.place().unwrap_or("."));
        if !block.is_console() {
            let copy = self.file();
            fs::write(self.own().join(&copy), &block.text)
                .map_err(|error| format!("{}: {error}", self.own().display()))?;
            self.say(&format!(
                "cd \"$SCRATCH\" && mkdir -p \"$(dirname {place})\" && cp .own/{copy} {place}"
            ));
            return Ok(());
        }
        self.say(&format!("cd \"$SCRATCH\" && mkdir -p {place} && cd {place}"));
        for command in block.commands().into_iter().filter(|command| wanted(&command.line)) {
            self.say(&format!("printf '%s\\n' {}", quoted(&format!("$ {}", command.shown))));
            let Some(server) = command.line.strip_suffix('&') else {
                self.say(&command.line);
                continue;
            };
            // What is started says so in its first line; whoever goes on by hand takes longer.
            let log = format!("\"$SCRATCH/.own/{}\"", self.file());
            self.say(&format!("{server} >{log} 2>&1 &\nstarted=\"$started $!\""));
            self.say(&format!(
                "until [ -s {log} ]; do kill -0 $! || {{ cat {log}; exit 1; }}; sleep 0.1; done"
            ));
            // What it said may have been why it ended.
            self.say(&format!("sleep 0.1; cat {log}; kill -0 $! 2>/dev/null"));
        }
        Ok(())
    }

    /// What is complained is said among what is answered, in the order in which a person sees it.
    pub(crate) fn join_streams(&mut self) {
        self.say("exec 2>&1");
    }

    fn file(&mut self) -> String {
        self.files += 1;
        self.files.to_string()
    }

    fn say(&mut self, line: &str) {
        self.script.push_str(line);
        self.script.push('\n');
    }

    /// The script, to be run. Programs are looked for in `programs` first.
    pub(crate) fn command(&self, programs: &Path) -> Result<Command, Failure> {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(programs.to_path_buf()).chain(env::split_paths(&path));
        let path: OsString = env::join_paths(folders).map_err(|error| error.to_string())?;
        let mut command = process::shell(&self.folder, &self.script);
        command.env("SCRATCH", &self.folder).env("PATH", path);
        Ok(command)
    }

    /// Where `cargo install` puts programs.
    pub(crate) fn installed(&self) -> PathBuf {
        self.own().join("installed")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left is removed the next time.
        let _ = clear(&self.folder);
    }
}

/// A folder that no workspace is around.
pub(crate) fn place(root: &Path, name: &str) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    env::temp_dir().join(format!("wirewright-{name}-{:016x}", hasher.finish()))
}

/// Removes a folder if it is there. What links lead to stays.
pub(crate) fn clear(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("{} cannot be removed: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn link(to: &Path, from: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, from)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "the commands of the page are for a Unix shell"))
}

/// A word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::path::Path;

    use super::Scratch;
    use crate::fences::blocks;

    #[test]
    fn a_page_is_followed() {
        let text = "```toml,in:one/two/a.toml\nit's = 1\n```\n```console,in:one\n$ cat two/a.toml\n$ false\n$ sh -c \\\n    'echo ready; exec sleep 60' &\n\
                    $ test -d ../wirewright && echo \"$LAST\"\n```\n";
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut scratch = Scratch::new(root, "test-of-a-page").unwrap();
        for block in &blocks("page", text).unwrap() {
            scratch.add(block, |line| line != "false").unwrap();
        }
        let output = scratch.command(Path::new("/")).unwrap().env("LAST", "the end").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            "$ cat two/a.toml\nit's = 1\n$ sh -c \\\n    'echo ready; exec sleep 60' &\nready\n$ test -d ../wirewright && echo \"$LAST\"\nthe end\n"
        );
        let folder = scratch.folder.clone();
        drop(scratch);
        assert!(!folder.exists() && root.join("Cargo.toml").exists());
    }

    #[test]
    fn what_fails_ends_it() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (command, said) in [
            ("false", ""),
            ("true && exit 3", ""),
            ("false &", ""),
            ("sh -c 'echo taken; exit 1' &", "taken\n"),
        ] {
            let mut scratch = Scratch::new(root, "test-of-a-failure").unwrap();
            let text = format!("```console,in:.\n$ {command}\n$ echo too far\n```\n");
            for block in &blocks("page", &text).unwrap() {
                scratch.add(block, |_| true).unwrap();
            }
            let output = scratch.command(Path::new("/")).unwrap().output().unwrap();
            assert!(!output.status.success(), "{command}");
            assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("$ {command}\n{said}"));
        }
    }
}
