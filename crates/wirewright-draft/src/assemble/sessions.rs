//! The kinds of session of a draft.

use indexmap::IndexMap;

use crate::infer::{Inferred, replies, session};

/// A parameter, the names on the way to its value in the reply, and why.
pub(crate) type SessionValue = (String, Vec<String>, &'static str);

/// A kind of session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) name: String,
    pub(crate) opens: usize,
    pub(crate) closes: Option<usize>,
    /// Each parameter, with the names on the way to its value in the reply, and why.
    pub(crate) fields: Vec<SessionValue>,
}

/// The kinds of session. What no path leads to is no session's.
pub(crate) fn sessions(inferred: &mut Inferred) -> Vec<Session> {
    let mut kinds: IndexMap<usize, Vec<SessionValue>> = IndexMap::new();
    let mut lost = Vec::new();
    for (name, given) in &inferred.given {
        let path = path(inferred, given.opens, &given.path);
        match path {
            Some(path) => kinds.entry(given.opens).or_default().push((name.clone(), path, given.why)),
            None => lost.push(name.clone()),
        }
    }
    for name in lost {
        inferred.notes.push(format!("`{name}` seems to be a session's, and stands where no path leads to"));
        if let Some(words) = inferred.common.words.get_mut(&name) {
            words.set("from", "client");
            words.set("secret", true);
        }
    }
    let operations = &inferred.addresses.operations;
    let several = kinds.len() > 1;
    kinds
        .into_iter()
        .map(|(opens, fields)| {
            let names: Vec<&str> = fields.iter().map(|(name, ..)| name.as_str()).collect();
            let closes = session::closes(&inferred.samples, operations, &names, opens);
            let name = operations.get(opens).map(|own| own.name.clone()).unwrap_or_default();
            let name = if several {
                wirewright_codegen::snake(&name).trim_start_matches("r#").to_owned()
            } else {
                "session".to_owned()
            };
            Session { name, opens, closes, fields }
        })
        .collect()
}

/// The way from the data of a reply to a text: through structures, and no lists.
fn path(inferred: &Inferred, opens: usize, path: &[String]) -> Option<Vec<String>> {
    if let Some((_, name)) = path.split_first().filter(|(first, _)| *first == session::COOKIE) {
        return Some(name.to_vec());
    }
    let mut rest = path;
    let is_data = |name: &String| {
        inferred.envelope.data.as_ref() == Some(name)
            || inferred
                .envelope
                .data_template
                .as_deref()
                .and_then(|own| own.split_once("{operation}"))
                .is_some_and(|(before, after)| name.starts_with(before) && name.ends_with(after))
    };
    let has_data = inferred.envelope.data.is_some() || inferred.envelope.data_template.is_some();
    if has_data {
        let (first, behind) = rest.split_first()?;
        if !is_data(first) {
            return None;
        }
        rest = behind;
    }
    let mut shape = replies::shape(&inferred.envelope, &inferred.samples, opens, false);
    for (at, name) in rest.iter().enumerate() {
        let member = shape.members.get(name)?.clone();
        if member.most > 1 || member.lists > 0 {
            return None;
        }
        if at + 1 == rest.len() {
            return (member.shape.objects == 0).then(|| rest.to_vec());
        }
        shape = member.shape;
    }
    None
}
