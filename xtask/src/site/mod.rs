//! The pages of `wirewright docs` and of the mock, in a browser: nothing is said on the console, nothing comes from elsewhere, nothing is
//! wider than a telephone, the search finds, and a call to the mock shows its exchange. Pictures of some are in `target/site/pictures`.

mod browser;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use browser::Browser;
use serde_json::json;

use crate::output::{Failure, say};
use crate::{process, programs, scratch, workspace};

/// Where the definitions of vendors are.
const DEFINITIONS: &str = "protocol-defs";

/// Widths of windows, with the colours that somebody prefers.
const WINDOWS: [(u32, &str); 2] = [(1280, "light"), (390, "dark")];

/// The pages of which there are pictures, in every width and both colours.
const PICTURES: &[(&str, &str)] = &[
    ("vendors", "index.html"),
    ("overview", "nina/index.html"),
    ("sessions", "nina/index.html#sessions"),
    ("signing", "aws-sqs/index.html#signing"),
    ("operation", "subsonic/browsing_get_album.html"),
    ("types", "mediawiki/types.html"),
];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let Some(program) = browser::find().filter(|_| cfg!(unix)) else {
        say("no browser is on the PATH (Debian's package is `chromium`): the pages are not looked at in one");
        return Ok(());
    };
    let folder = workspace::target(root).join("site");
    let (pages, profile, pictures) = (folder.join("pages"), folder.join("profile"), folder.join("pictures"));
    scratch::clear(&profile)?;
    for made in [&profile, &pictures] {
        fs::create_dir_all(made).map_err(|error| format!("{}: {error}", made.display()))?;
    }
    let command = programs::program(root, "wirewright")?;
    let arguments = ["docs", "--definitions", DEFINITIONS, "-o"];
    let mut write = Command::new(&command);
    write.current_dir(root).args(arguments).arg(&pages);
    process::run(&mut write, &format!("wirewright {} target/site/pages", arguments.join(" ")))?;

    let mut browser = Browser::start(&program, &profile)?;
    let site = format!("file://{}/", pages.display());
    let all = html(&pages)?;
    for (width, colours) in WINDOWS {
        window(&mut browser, width, colours)?;
        // What is narrow enough for a telephone is so for a desk: there overviews are enough.
        let wanted = |page: &&String| width < 500 || page.ends_with("index.html");
        let seen: Vec<&String> = all.iter().filter(wanted).collect();
        for page in &seen {
            browser.open(&format!("{site}{page}"))?;
            looked_at(&mut browser, &site, page, width)?;
        }
        say(&format!("{} pages, {width} pixels wide, {colours}", seen.len()));
    }
    search(&mut browser, &site)?;
    say("the search finds, by keyboard alone");
    let reached = by_keyboard(&mut browser, &site)?;
    say(&format!("{reached} places of a page are reached by keyboard, and seen to have it"));
    let read = without_scripts(&mut browser, &site, &all)?;
    say(&format!("{read} pages say the same without scripts"));
    for (width, _) in WINDOWS {
        for colours in ["light", "dark"] {
            window(&mut browser, width, colours)?;
            for (name, page) in PICTURES {
                browser.open(&format!("{site}{page}"))?;
                picture(&mut browser, &pictures.join(format!("{name}-{width}-{colours}.png")))?;
            }
        }
    }
    let mock = Mock::start(root, &command)?;
    window(&mut browser, 1280, "light")?;
    scripts(&mut browser, false)?;
    sent(&mut browser, &mock.pages)?;
    scripts(&mut browser, true)?;
    sent(&mut browser, &mock.pages)?;
    picture(&mut browser, &pictures.join("mock-1280-light.png"))?;
    say("a call to the mock shows its exchange, with scripts and without them");
    Ok(())
}

/// The pages in a folder, by their paths in it.
fn html(folder: &Path) -> Result<Vec<String>, Failure> {
    let files = workspace::files(folder, "html").map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut pages: Vec<String> =
        files.iter().filter_map(|file| Some(file.strip_prefix(folder).ok()?.to_str()?.to_owned())).collect();
    pages.sort();
    if pages.len() < 200 {
        return Err(format!("{} has {} pages only", folder.display(), pages.len()));
    }
    Ok(pages)
}

fn window(browser: &mut Browser, width: u32, colours: &str) -> Result<(), Failure> {
    let size = json!({ "width": width, "height": 860, "deviceScaleFactor": 1, "mobile": false });
    browser.call("Emulation.setDeviceMetricsOverride", &size)?;
    let preferred = json!({ "features": [{ "name": "prefers-color-scheme", "value": colours }] });
    browser.call("Emulation.setEmulatedMedia", &preferred).map(drop)
}

/// That a page that is open is as it should be.
fn looked_at(browser: &mut Browser, site: &str, page: &str, width: u32) -> Result<(), Failure> {
    let faults = browser.faults(site);
    if !faults.is_empty() {
        return Err(format!("{page}: {}", faults.join("; ")));
    }
    let wide = browser.value("document.documentElement.scrollWidth")?;
    if wide.as_u64().is_none_or(|wide| wide > u64::from(width)) {
        return Err(format!("{page} is {wide} pixels wide in a window of {width}"));
    }
    let styled = browser.value("getComputedStyle(document.querySelector('.page')).display !== 'inline' && document.querySelectorAll('h1').length === 1")?;
    if styled == json!(true) { Ok(()) } else { Err(format!("{page} has no style, or not one heading")) }
}

/// That the search finds an operation, by keyboard alone, and that it is seen where the keyboard is.
fn search(browser: &mut Browser, site: &str) -> Result<(), Failure> {
    window(browser, 1280, "light")?;
    browser.open(&format!("{site}index.html"))?;
    browser.press("/", 191)?;
    browser.until("document.activeElement.id === 'search'")?;
    browser.call("Input.insertText", &json!({ "text": "getalbum" }))?;
    browser.until("document.querySelectorAll('#found a').length > 0")?;
    browser.press("ArrowDown", 40)?;
    let seen = browser.value("document.activeElement.matches('#found a') && getComputedStyle(document.activeElement).outlineStyle !== 'none'")?;
    if seen != json!(true) {
        return Err("what the search has found is not seen to have the keyboard".to_owned());
    }
    let faults = browser.faults(site);
    browser.forget();
    browser.press("Enter", 13)?;
    browser.loaded()?;
    let heading = browser.value("document.querySelector('h1').textContent")?;
    if heading != json!("browsing/getAlbum") || !faults.is_empty() {
        return Err(format!("the search for getalbum leads to {heading}; {}", faults.join("; ")));
    }
    // A search that has found nothing says so.
    browser.press("/", 191)?;
    browser.call("Input.insertText", &json!({ "text": "xyzzy" }))?;
    browser.until("document.querySelector('#found [role=status]').textContent.startsWith('Nothing')")
}

/// The page on which every kind of place for a keyboard is.
const FULL: &str = "nina/auth_client_login.html";

/// How many places of a page the keyboard gets to, one after the other, each of which is seen to have it: all that there are.
fn by_keyboard(browser: &mut Browser, site: &str) -> Result<usize, Failure> {
    window(browser, 1280, "light")?;
    browser.open(&format!("{site}{FULL}"))?;
    // The first leads past what is the same on all pages.
    browser.press("Tab", 9)?;
    if browser.value("document.activeElement.matches('a.skip')")? != json!(true) {
        return Err(format!("{FULL}: the first place of the keyboard is no way to the content"));
    }
    browser.press("Enter", 13)?;
    browser.until("location.hash === '#content' && document.activeElement.id === 'content'")?;
    browser.open("about:blank")?;
    browser.open(&format!("{site}{FULL}"))?;
    let places = "[...document.querySelectorAll('a[href], input, button, select, textarea, summary, [tabindex=\"0\"]')].filter((place) => place.checkVisibility())";
    let all = browser.value(&format!("{places}.length"))?.as_u64().unwrap_or_default();
    browser.value("globalThis.reached = new Set()")?;
    for _ in 0..all {
        browser.press("Tab", 9)?;
        let place = browser.value(
            "(() => {
                const place = document.activeElement, box = place.getBoundingClientRect(), style = getComputedStyle(place);
                reached.add(place);
                const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                return seen && marked ? '' : place.outerHTML;
            })()",
        )?;
        if place != json!("") {
            return Err(format!("{FULL}: this is not seen to have the keyboard: {place}"));
        }
    }
    let missed = browser
        .value(&format!("{places}.filter((place) => !reached.has(place)).map((place) => place.outerHTML)"))?;
    if missed.as_array().is_none_or(|missed| !missed.is_empty()) {
        return Err(format!("{FULL}: the keyboard does not get to {missed}"));
    }
    // What is folded opens.
    browser.value("document.querySelector('main summary').focus()")?;
    browser.press("Enter", 13)?;
    browser.until("document.querySelector('main details').open")?;
    usize::try_from(all).map_err(|error| error.to_string())
}

/// Whether pages may run scripts from now on. What is evaluated here runs nevertheless.
fn scripts(browser: &mut Browser, run: bool) -> Result<(), Failure> {
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": !run })).map(drop)
}

/// How many pages say without scripts what they say with them. Only the search, which needs one, is not there.
fn without_scripts(browser: &mut Browser, site: &str, all: &[String]) -> Result<usize, Failure> {
    window(browser, 1280, "light")?;
    // A page of each kind for each API: more differ in what they say alone.
    let kinds = |page: &&String| {
        let name = page.rsplit('/').next().unwrap_or_default();
        matches!(name, "index.html" | "types.html")
            || page.starts_with("nina/")
            || page.starts_with("subsonic/")
    };
    let pages: Vec<&String> = all.iter().filter(kinds).collect();
    let said = "document.querySelector('main').innerText + document.querySelector('nav')?.innerText";
    let searches = "!document.querySelector('[role=search]').hidden";
    let mut texts = Vec::new();
    for run in [true, false] {
        scripts(browser, run)?;
        for (at, page) in pages.iter().enumerate() {
            browser.open(&format!("{site}{page}"))?;
            let faults = browser.faults(site);
            if !faults.is_empty() {
                return Err(format!("{page}: {}", faults.join("; ")));
            }
            if browser.value(searches)? != json!(run) {
                return Err(format!("{page}: with scripts ({run}), the search is not as it should be"));
            }
            let text = browser.value(said)?;
            if run {
                texts.push(text);
            } else if text.as_str().is_none_or(str::is_empty) || texts.get(at) != Some(&text) {
                return Err(format!("{page} says something else without scripts: {text}"));
            }
        }
    }
    scripts(browser, true)?;
    Ok(pages.len())
}

/// A mock on a port, which ends with this.
struct Mock {
    child: Child,
    /// Where its pages are.
    pages: String,
}

impl Mock {
    fn start(root: &Path, program: &Path) -> Result<Self, Failure> {
        let arguments = ["mock", "nina", "--quiet", "--definitions", DEFINITIONS];
        say(&format!("$ wirewright {}", arguments.join(" ")));
        let mut command = Command::new(program);
        let started =
            command.current_dir(root).args(arguments).stdout(Stdio::piped()).stdin(Stdio::null()).spawn();
        let mut child = started.map_err(|error| format!("the mock could not be started: {error}"))?;
        let lines = child.stdout.take().map(|out| BufReader::new(out).lines());
        let mut told = lines.into_iter().flatten().map_while(Result::ok);
        let pages = told.find_map(|line| line.strip_prefix("its pages at ").map(str::to_owned));
        // Where it said nothing of them, it has ended, or ends here.
        let started = Self { child, pages: pages.unwrap_or_default() };
        if started.pages.is_empty() {
            Err("the mock does not say where its pages are".to_owned())
        } else {
            Ok(started)
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// That a form is sent to the mock, and that the page shows what went over the wire without its secret.
fn sent(browser: &mut Browser, pages: &str) -> Result<(), Failure> {
    browser.open(&format!("{pages}nina/auth_client_login.html"))?;
    browser.value("document.querySelector('[name=\"parameter:pwd\"]').focus()")?;
    browser.call("Input.insertText", &json!({ "text": "correct-horse" }))?;
    let faults = browser.faults(pages);
    browser.forget();
    browser.press("Enter", 13)?;
    browser.loaded()?;
    let exchange = browser.value("document.querySelector('#exchange').textContent")?;
    let exchange = exchange.as_str().unwrap_or_default();
    let html = browser.value("document.documentElement.outerHTML")?;
    let told = html.as_str().is_some_and(|html| html.contains("correct-horse"));
    if told || !exchange.contains("pwd=[redacted]") || !exchange.contains("HTTP 200") {
        return Err(format!("the page of a call to the mock shows {exchange}"));
    }
    let mut all = faults;
    all.extend(browser.faults(pages));
    if all.is_empty() { Ok(()) } else { Err(format!("a call to the mock: {}", all.join("; "))) }
}

/// A picture of what is seen.
fn picture(browser: &mut Browser, file: &Path) -> Result<(), Failure> {
    let taken = browser.call("Page.captureScreenshot", &json!({ "format": "png" }))?;
    let data = taken["data"].as_str().unwrap_or_default();
    let bytes = STANDARD.decode(data).map_err(|error| format!("{}: {error}", file.display()))?;
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
