//! What stands before a parameter in its header, and what stands in that: `Seal {account}:`.

use std::borrow::Cow;

use crate::exchange::request_error::RequestError;

/// A part of a prefix.
#[derive(Clone, Copy)]
enum Part<'p> {
    Text(&'p str),
    /// The value of the parameter of this name.
    Place(&'p str),
}

/// The parts of a prefix, none of them empty.
fn parts(prefix: &str) -> impl Iterator<Item = Part<'_>> + Clone {
    let mut rest = prefix;
    std::iter::from_fn(move || {
        let place = |text: &'_ str| -> Option<usize> {
            let end = text.strip_prefix('{')?.find(['{', '}'])?;
            (end > 0 && text.as_bytes().get(end + 1) == Some(&b'}')).then_some(end)
        };
        if rest.is_empty() {
            return None;
        }
        if let Some(end) = place(rest) {
            let (name, behind) = (rest.get(1..=end)?, rest.get(end + 2..)?);
            rest = behind;
            return Some(Part::Place(name));
        }
        let next = rest.match_indices('{').map(|(at, _)| at);
        let at = next.filter(|at| *at > 0).find(|at| rest.get(*at..).and_then(place).is_some());
        let (text, behind) = rest.split_at(at.unwrap_or(rest.len()));
        rest = behind;
        Some(Part::Text(text))
    })
}

/// The prefix with the values of other parameters in their places.
pub(crate) fn fill(
    prefix: &str,
    value: impl Fn(&str) -> Result<String, RequestError>,
) -> Result<Cow<'_, str>, RequestError> {
    if parts(prefix).all(|part| matches!(part, Part::Text(_))) {
        return Ok(Cow::Borrowed(prefix));
    }
    let filled: Result<String, RequestError> = parts(prefix)
        .map(|part| match part {
            Part::Text(text) => Ok(text.to_owned()),
            Part::Place(name) => value(name),
        })
        .collect();
    filled.map(Cow::Owned)
}

/// What is behind a prefix, and the values that stood in its places, by their names. `None`: there is another prefix. Letters are
/// compared in either case, as the schemes of authorization are.
#[cfg(feature = "server")]
pub(crate) fn strip<'p, 'v>(prefix: &'p str, value: &'v str) -> Option<(&'v str, Vec<(&'p str, &'v str)>)> {
    let mut found = Vec::new();
    let mut rest = value;
    let mut ahead = parts(prefix);
    while let Some(part) = ahead.next() {
        match part {
            Part::Text(text) => {
                let (start, behind) = rest.split_at_checked(text.len())?;
                if !start.eq_ignore_ascii_case(text) {
                    return None;
                }
                rest = behind;
            }
            Part::Place(name) => {
                // A definition has a text behind each place.
                let Some(Part::Text(next)) = ahead.clone().next() else { return None };
                let (value, behind) = rest.split_at(rest.find(next).filter(|at| *at > 0)?);
                found.push((name, value));
                rest = behind;
            }
        }
    }
    Some((rest, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_found_again() {
        for (prefix, filled) in [
            ("Bearer ", "Bearer "),
            ("", ""),
            ("Seal {account}:", "Seal acme:"),
            ("{account}/{account}:", "acme/acme:"),
            ("{} {a{account}} ", "{} {aacme} "),
            ("{open ", "{open "),
        ] {
            let written = fill(prefix, |_| Ok("acme".to_owned())).expect("it is filled");
            assert_eq!(written, filled);
            let value = format!("{filled}x:y");
            let (rest, found) = strip(prefix, &value).expect("it is the prefix");
            assert_eq!(rest, "x:y", "{prefix}");
            assert!(found.iter().all(|pair| *pair == ("account", "acme")), "{found:?}");
        }
        assert!(strip("Seal {account}:", "Seal :x").is_none());
        assert!(strip("Seal {account}:", "Seal acme").is_none());
        assert!(strip("Seal {account}:", "Other acme:x").is_none());
    }
}
