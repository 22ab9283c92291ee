//! Parameters that are in the path: `/parcels/{number}`.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    Options,
    describe::protocol::{Operation, ParameterLocation},
    exchange::{parameters::Parameters, request_error::RequestError},
    wire::Record,
};

/// What is not as it is in a segment, RFC 3986 section 2.3.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether a path has a place for a parameter.
pub(crate) fn has_places(path: &str) -> bool {
    path.contains('{')
}

/// The name of the place that a segment is.
fn place(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// The path of an operation with its places filled from a request.
pub(crate) fn fill(
    operation: &'static Operation,
    own: &dyn Record,
    options: &Options,
) -> Result<Cow<'static, str>, RequestError> {
    if !has_places(operation.path) {
        return Ok(operation.path.into());
    }
    let mut filled = String::new();
    for (index, segment) in operation.path.split('/').enumerate() {
        if index > 0 {
            filled.push('/');
        }
        let Some(name) = place(segment) else {
            filled.push_str(segment);
            continue;
        };
        let in_path = |one: &&'static crate::describe::protocol::PlacedParameter| {
            one.location == ParameterLocation::Path && one.name == name
        };
        let Some(described) = operation.placed.iter().find(in_path) else {
            return Err(RequestError::InvalidEndpoint);
        };
        let mut written = Parameters::new(options);
        written.member(own, described.member, "v");
        let pair = written.finish().map_err(RequestError::Encode)?;
        let value = form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value);
        // A segment that is nothing, or a dot or two, is another path.
        let value = value.filter(|value| !matches!(&**value, "" | "." | ".."));
        let value = value.ok_or(RequestError::NotInPath { parameter: described.name })?;
        filled.extend(utf8_percent_encode(&value, ESCAPED));
    }
    Ok(filled.into())
}

/// What a path has in the places of another one, which it is like otherwise.
#[cfg(feature = "server")]
pub(crate) fn taken_apart(described: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    if !has_places(described) {
        return (described == path).then(Vec::new);
    }
    let mut segments = path.split('/');
    let mut found = Vec::new();
    for expected in described.split('/') {
        let segment = segments.next()?;
        match place(expected) {
            None if segment == expected => {}
            None => return None,
            Some(_) if matches!(segment, "" | "." | "..") => return None,
            Some(name) => {
                let value = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
                found.push((name, value.into_owned()));
            }
        }
    }
    segments.next().is_none().then_some(found)
}
