//! A browser without windows, by the protocol of its developer tools, over a pair of pipes.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::output::Failure;

/// The names that it is installed under.
const PROGRAMS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"];

/// How long it may take for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, if there is one.
pub(super) fn find() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let mut places =
        PROGRAMS.iter().flat_map(|program| folders.iter().map(move |folder| folder.join(program)));
    places.find(|place| place.is_file())
}

/// A page of a browser.
pub(super) struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    number: u64,
    session: String,
    /// What has happened since the page was opened.
    events: Vec<Value>,
}

impl Browser {
    /// Starts it, with what it keeps in this folder.
    pub(super) fn start(program: &Path, profile: &Path) -> Result<Self, Failure> {
        // It reads from its descriptor 3 and writes to 4, which nobody but a shell can give it here.
        let line = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).arg(program).args([
            "--headless=new",
            "--remote-debugging-pipe",
            // Whoever is root in a container has no other choice. The pages are our own.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
        ]);
        command.arg(format!("--user-data-dir={}", profile.display()));
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child =
            started.map_err(|error| format!("{} could not be started: {error}", program.display()))?;
        let (Some(to), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the browser has no pipes".to_owned());
        };
        let (told, from) = channel();
        thread::spawn(move || {
            let mut out = BufReader::new(out);
            let mut message = Vec::new();
            while out.read_until(0, &mut message).is_ok_and(|read| read > 0) {
                message.pop();
                let Ok(value) = serde_json::from_slice(&message) else { return };
                if told.send(value).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let mut browser = Self { child, to, from, number: 0, session: String::new(), events: Vec::new() };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", &attach)?;
        attached["sessionId"].as_str().unwrap_or_default().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}))?;
        }
        Ok(browser)
    }

    /// Calls a method of the protocol, and waits for what it gives.
    pub(super) fn call(&mut self, method: &str, parameters: &Value) -> Result<Value, Failure> {
        self.number += 1;
        let number = self.number;
        let mut message = json!({ "id": number, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let written = self.to.write_all(format!("{message}\0").as_bytes()).and_then(|()| self.to.flush());
        written.map_err(|error| format!("the browser does not listen: {error}"))?;
        loop {
            let mut message = self.next()?;
            if message["id"] != json!(number) {
                self.events.push(message);
                continue;
            }
            return match message.get("error") {
                Some(error) => Err(format!("{method}: {error}")),
                None => Ok(message["result"].take()),
            };
        }
    }

    fn next(&mut self) -> Result<Value, Failure> {
        self.from.recv_timeout(PATIENCE).map_err(|error| format!("the browser says nothing: {error}"))
    }

    /// Opens a page, and waits until all of it is there.
    pub(super) fn open(&mut self, url: &str) -> Result<(), Failure> {
        self.events.clear();
        let gone = self.call("Page.navigate", &json!({ "url": url }))?;
        if let Some(error) = gone.get("errorText") {
            return Err(format!("{url}: {error}"));
        }
        // To another mark of the same page nothing has to be loaded.
        if gone.get("loaderId").is_some() { self.loaded() } else { Ok(()) }
    }

    /// Waits until the page is there to which something leads.
    pub(super) fn loaded(&mut self) -> Result<(), Failure> {
        let is_it = |event: &Value| event["method"] == "Page.loadEventFired";
        while !self.events.iter().any(is_it) {
            let event = self.next()?;
            self.events.push(event);
        }
        Ok(())
    }

    /// The value of an expression on the page.
    pub(super) fn value(&mut self, expression: &str) -> Result<Value, Failure> {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut result = self.call("Runtime.evaluate", &parameters)?;
        match result.get("exceptionDetails") {
            Some(details) => Err(format!("{expression}: {details}")),
            None => Ok(result["result"]["value"].take()),
        }
    }

    /// Waits until an expression on the page is true.
    pub(super) fn until(&mut self, expression: &str) -> Result<(), Failure> {
        let began = Instant::now();
        while self.value(expression)? != json!(true) {
            if began.elapsed() > PATIENCE {
                return Err(format!("it never comes to be that {expression}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Presses a key, and lets it go.
    pub(super) fn press(&mut self, key: &str, code: u32) -> Result<(), Failure> {
        let text = if key.len() == 1 {
            key
        } else if key == "Enter" {
            "\r"
        } else {
            ""
        };
        for kind in ["keyDown", "keyUp"] {
            let mut parameters =
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && !text.is_empty() {
                parameters["text"] = json!(text);
            }
            self.call("Input.dispatchKeyEvent", &parameters)?;
        }
        Ok(())
    }

    /// Forgets what has happened so far.
    pub(super) fn forget(&mut self) {
        self.events.clear();
    }

    /// What has gone wrong since the page was opened, as its console tells, and what was loaded from elsewhere than below `site`.
    pub(super) fn faults(&self, site: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for event in &self.events {
            let told = &event["params"];
            match event["method"].as_str() {
                Some("Runtime.exceptionThrown") => faults.push(told["exceptionDetails"].to_string()),
                Some("Log.entryAdded") => faults.push(told["entry"]["text"].to_string()),
                Some("Runtime.consoleAPICalled") => faults.push(told["args"].to_string()),
                Some("Network.requestWillBeSent") => {
                    let url = told["request"]["url"].as_str().unwrap_or_default();
                    if !url.starts_with(site) {
                        faults.push(format!("{url} was asked for"));
                    }
                }
                _ => {}
            }
        }
        faults
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its processes end with it; nobody is left to be told where they do not.
        let _ = self.call("Browser.close", &json!({}));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
