//! How long a draft of a long recording takes.

use std::{env, fmt::Write as _, fs, process, time::Instant};

use wirewright_draft::{Inputs, Options, draft};

/// How many operations the recording is of, and how many items a reply has.
const OPERATIONS: usize = 20;
const ITEMS: usize = 20;

/// A HAR of so many exchanges: a login, then lists in JSON and XML by turns, one refusal in ten, with a token in each request.
fn har(count: usize) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut entries = Vec::new();
    for index in 0..count {
        let (mut json, mut xml) = (String::new(), String::new());
        for item in 0..ITEMS {
            let id = index * ITEMS + item;
            let comma = if item > 0 { "," } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(
                json,
                "{comma}{{\"id\": \"{id}\", \"title\": \"Song {id}\", \"length\": {item}, \"starred\": true, \"created\": \"2024-05-02T10:00:00Z\"}}"
            );
            let _ = write!(
                xml,
                "<song id=\"{id}\" title=\"Song {id}\" length=\"{item}\" starred=\"true\" created=\"2024-05-02T10:00:00Z\"/>"
            );
        }
        let operation = index % OPERATIONS;
        let (format, media) = if index % 2 == 0 { ("json", "application/json") } else { ("xml", "text/xml") };
        let reply = match (index, index % 10, format) {
            (0, _, _) => {
                "{\"response\": {\"status\": \"ok\", \"session\": {\"token\": \"q8Xk2PzL0v7wTr5n\"}}}"
                    .to_owned()
            }
            (_, 9, _) => {
                "<response status=\"failed\"><error code=\"70\" message=\"not found\"/></response>".to_owned()
            }
            (_, _, "json") => {
                format!("{{\"response\": {{\"status\": \"ok\", \"songs\": {{\"song\": [{json}]}}}}}}")
            }
            _ => format!("<response status=\"ok\"><songs>{xml}</songs></response>"),
        };
        let path = if index == 0 {
            "login?user=ada".to_owned()
        } else {
            format!("list{operation}?token=q8Xk2PzL0v7wTr5n&f={format}&offset={index}")
        };
        entries.push(format!(
            "{{\"request\": {{\"method\": \"GET\", \"url\": \"https://music.example/rest/{path}\", \"headers\": []}}, \"response\": {{\"status\": 200, \
             \"headers\": [], \"content\": {{\"mimeType\": \"{media}\", \"text\": \"{}\"}}}}}}",
            quoted(&reply)
        ));
    }
    format!("{{\"log\": {{\"entries\": [{}]}}}}", entries.join(",\n"))
}

/// Reads and drafts a recording, three times: the least is told.
pub(crate) fn time(count: usize) -> Result<String, String> {
    let file = env::temp_dir().join(format!("wirewright-bench-draft-{}.har", process::id()));
    let text = har(count);
    fs::write(&file, &text).map_err(|error| error.to_string())?;
    let mut least = f64::MAX;
    let mut told = String::new();
    for _ in 0..3 {
        let start = Instant::now();
        let inputs = Inputs::read(std::slice::from_ref(&file), &[]).map_err(|error| error.to_string())?;
        let drafted = draft(&inputs, &Options::new("music")).map_err(|error| error.to_string())?;
        let seconds = start.elapsed().as_secs_f64();
        if seconds < least {
            least = seconds;
            told = format!(
                "{count} exchanges, {:.1} MB: {seconds:.2} s, {} files, {} of {} tests of samples pass",
                f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) / 1e6,
                drafted.files.len(),
                drafted.tested - drafted.contradictions.len(),
                drafted.tested
            );
        }
    }
    fs::remove_file(&file).map_err(|error| error.to_string())?;
    Ok(told)
}
