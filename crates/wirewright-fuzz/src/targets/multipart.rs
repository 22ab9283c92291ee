//! Multipart bodies: what is read of any bytes, and written again.

use wirewright::{
    File, Limits,
    multipart::{Form, Part, parts},
};

use crate::Outcome;

/// A boundary that is written with; bodies that have it themselves are left alone.
const BOUNDARY: &str = "0123456789-a-boundary-of-the-target's-own";

/// The first line is the boundary, and the rest a body: its parts are written as they were read.
///
/// # Panics
///
/// When they are not read back equal, or a fault has no place in the body.
pub fn multipart(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let boundary = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let body = lines.next().unwrap_or_default();
    match parts(&content_type(&boundary), body, &Limits::new()) {
        Err(error) => {
            assert!(error.offset() <= body.len(), "{error}");
            let text = error.to_string();
            outcome.refuse(text.split_once(": ").map(|(_, what)| what.to_owned()));
        }
        Ok(parts) => {
            outcome.take(parts.len().min(4));
            if !body.windows(BOUNDARY.len()).any(|part| part == BOUNDARY.as_bytes()) {
                again(&parts);
            }
        }
    }
    outcome
}

fn content_type(boundary: &str) -> String {
    format!("multipart/form-data; boundary=\"{boundary}\"")
}

fn again(read: &[Part<'_>]) {
    let mut form = Form::new();
    // What a browser sends where no file was chosen is never written.
    let written = || read.iter().filter(|part| part.file_name.as_deref() != Some(""));
    for part in written() {
        form = match &part.file_name {
            Some(name) => {
                let file = File::new(name, part.content);
                let file = match part.media_type {
                    Some(media_type) => file.with_media_type(media_type),
                    None => file,
                };
                form.file(&part.name, file)
            }
            None => match std::str::from_utf8(part.content) {
                Ok(text) => form.text(&part.name, text),
                Err(_) => return,
            },
        };
    }
    let (content_type, body) = form.finish(BOUNDARY).expect("what was read can be written");
    let body = body.into_bytes().expect("it is in memory");
    let again = parts(&content_type, &body, &Limits::new()).expect("what was written can be read");
    let seen = |part: &Part<'_>| (part.name.clone(), part.file_name.clone(), part.content.to_vec());
    let (left, right): (Vec<_>, Vec<_>) = (written().map(seen).collect(), again.iter().map(seen).collect());
    assert_eq!(left, right);
}

/// Bodies with texts and files.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let forms = [
        Form::new(),
        Form::new().text("response_type", "keypad").text("phone_text", "a\r\n--b\r\n"),
        Form::new()
            .file("phone_audio", File::new("a \"b\".wav", *b"RIFF\0\xff").with_media_type("audio/wav")),
        Form::new().text("a", "").file("f", File::new("x", *b"")).file("f", File::new("\r\n", *b"--b--")),
    ];
    let mut corpus = Vec::new();
    for boundary in ["x", "a-b_c'd", "----WebKitFormBoundary7MA4YWxkTrZu0gW"] {
        for form in &forms {
            let (_, body) = form.clone().finish(boundary).expect("a form");
            let body = body.into_bytes().expect("it is in memory");
            corpus.push([boundary.as_bytes(), b"\n", &body].concat());
        }
    }
    corpus
}
