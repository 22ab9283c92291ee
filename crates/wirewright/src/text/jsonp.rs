//! A JSON text as the argument of a call.

use std::fmt;

/// The longest callback that is let pass, in characters.
const LONGEST: usize = 100;

/// A callback that is not an identifier path, see [`is_callback`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonpError;

impl fmt::Display for JsonpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the callback is not a path of identifiers such as `app.show`, at most 100 characters long",
        )
    }
}

impl std::error::Error for JsonpError {}

/// Whether a callback is an identifier path: segments of `[A-Za-z_$][A-Za-z0-9_$]*` joined by `.`, each perhaps with places of
/// a list behind it, as in `app.callbacks[1]`; at most 100 characters.
pub fn is_callback(callback: &str) -> bool {
    let is_place = |place: &str| {
        let digits = place.strip_suffix(']').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_segment = |segment: &str| {
        let mut parts = segment.split('[');
        let name = parts.next().unwrap_or_default();
        !name.starts_with(|char: char| char.is_ascii_digit())
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
            && parts.all(is_place)
    };
    callback.len() <= LONGEST && callback.split('.').all(is_segment)
}

/// Takes the callback off a JSONP text: `/**/cb({...});`. What is not JSONP comes back as it is, without a callback.
///
/// White space is let pass between all parts; `/**/` may be another comment, or several, and it and `;` may be missing. Before
/// the call may stand a test for the same callback: `typeof cb === 'function' && cb({...});`.
pub fn strip_callback(text: &str) -> (Option<&str>, &str) {
    strip(text).map_or((None, text), |(callback, json)| (Some(callback), json))
}

fn strip(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text).trim_ascii();
    let mut rest = rest;
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/")?.1.trim_ascii_start();
    }
    let tested = tested(rest);
    let (callback, rest) = tested.map_or(rest, |(_, rest)| rest).split_once('(')?;
    let callback = callback.trim_ascii_end();
    if tested.is_some_and(|(tested, _)| tested != callback) {
        return None;
    }
    let rest = rest.strip_suffix(';').unwrap_or(rest).trim_ascii_end();
    let json = rest.strip_suffix(')')?;
    is_callback(callback).then(|| (callback, json.trim_ascii()))
}

/// The callback that is tested for before it is called, and what follows the test.
fn tested(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("typeof")?;
    let (callback, rest) = rest.split_once('=')?;
    let rest = rest.strip_prefix("==").or_else(|| rest.strip_prefix('='))?.trim_ascii_start();
    let rest = rest.strip_prefix("'function'").or_else(|| rest.strip_prefix("\"function\""))?;
    let rest = rest.trim_ascii_start().strip_prefix("&&")?;
    Some((callback.trim_ascii(), rest.trim_ascii_start()))
}

/// Wraps a JSON text into a call of `callback`. U+2028 and U+2029, which end a line in older JavaScript, are escaped.
///
/// # Errors
///
/// When the callback is not an [identifier path](is_callback).
pub fn to_jsonp(callback: &str, json: &str) -> Result<String, JsonpError> {
    if !is_callback(callback) {
        return Err(JsonpError);
    }
    let mut out = String::with_capacity(callback.len() + json.len() + 3);
    out.push_str(callback);
    out.push('(');
    for char in json.chars() {
        // Outside of strings JSON has neither, so that an escape is always right.
        match char {
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            char => out.push(char),
        }
    }
    out.push_str(");");
    Ok(out)
}
