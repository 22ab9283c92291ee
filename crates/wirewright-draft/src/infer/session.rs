//! Sessions: what one call gives and later ones carry.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use super::{
    ground::Envelope,
    operations::Operation,
    sample::{Sample, cookies},
};
use crate::{answers::Answers, exchange::Carried, names::is_in, value::is_secret};

/// A parameter whose value a reply gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    /// The operation that gives it.
    pub(crate) opens: usize,
    /// The names on the way to it, from the top of the reply.
    pub(crate) path: Vec<String>,
    /// The operations whose replies give it as well, a cookie at the same place.
    pub(crate) also: Vec<usize>,
    /// Why it is taken for one.
    pub(crate) why: &'static str,
}

/// What stands in front of the name of a cookie on the way to a value.
pub(crate) const COOKIE: &str = "Set-Cookie:";

/// How long a value is at least that goes from a reply to a request, and one of the same name.
const LONG: usize = 8;
const SHORT: usize = 4;

impl Given {
    /// Whether an operation gives it in a cookie.
    pub(crate) fn is_cookie_of(&self, operation: usize) -> bool {
        (self.opens == operation || self.also.contains(&operation))
            && self.path.first().is_some_and(|first| first == COOKIE)
    }
}

/// The parameters of sessions, by their names.
pub(crate) fn given(samples: &[Sample], operations: &[Operation]) -> IndexMap<String, Given> {
    let mut found: IndexMap<String, Given> = IndexMap::new();
    // What the caller knew before is no gift of a reply.
    let mut sent: HashSet<&str> = HashSet::new();
    let mut seen: HashMap<&str, Vec<(usize, Vec<String>)>> = HashMap::new();
    let mut cookies_set: HashMap<(&str, &str), usize> = HashMap::new();
    // How many requests carry a cookie of this name that a call of this operation has set.
    let mut carrying: IndexMap<(&str, usize), usize> = IndexMap::new();
    for sample in samples {
        for parameter in &sample.exchange.parameters {
            let (name, value) = (parameter.name.as_str(), parameter.value.as_str());
            if parameter.carried == Carried::Cookie {
                // Whatever it says: a cookie that a reply has set is not the caller's.
                if let Some(opens) =
                    cookies_set.get(&(name, value)).filter(|opens| **opens != sample.operation)
                {
                    *carrying.entry((name, *opens)).or_default() += 1;
                }
                continue;
            }
            let Some(places) = seen.get(value) else {
                sent.insert(value);
                continue;
            };
            // Of several members that say the same the one of this name gives it.
            let named = places.iter().find(|(_, path)| path.last().is_some_and(|last| last == name));
            let Some((opens, path)) = named.or(places.first()) else { continue };
            let last = path.last().map(String::as_str).unwrap_or_default();
            let long = value.len() >= LONG || (name == last && value.len() >= SHORT);
            let identifier =
                name.to_ascii_lowercase().ends_with("id") && !is_secret(name) && !is_session_id(name);
            // What the time is, everybody knows.
            let clock = is_in("clock", name) && value.bytes().all(|byte| byte.is_ascii_digit());
            if *opens == sample.operation || !long || is_in("cursor", name) || identifier || clock {
                continue;
            }
            let giver = operations.get(*opens).map(|own| own.name.as_str()).unwrap_or_default();
            if path.first().is_some_and(|first| first == COOKIE)
                || is_in("given", giver)
                || path.iter().any(|step| is_in("given", step))
            {
                found.entry(name.to_owned()).or_insert_with(|| Given {
                    opens: *opens,
                    path: path.clone(),
                    also: Vec::new(),
                    why: "A later request carries the value that this reply gave.",
                });
            }
        }
        for (name, value) in cookies(&sample.exchange) {
            cookies_set.insert((name, value), sample.operation);
            if value.len() >= SHORT && !sent.contains(value) {
                seen.insert(value, vec![(sample.operation, vec![COOKIE.to_owned(), name.to_owned()])]);
            }
        }
        for (_, document) in &sample.documents {
            document.node.leaves(&mut Vec::new(), &mut |path, text| {
                let plain =
                    text.len() < SHORT || text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 6;
                if !plain && text != "true" && text != "false" && !sent.contains(text) {
                    let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
                    let places = seen.entry(text).or_default();
                    if !places.iter().any(|(_, known)| *known == path) {
                        places.push((sample.operation, path));
                    }
                }
            });
        }
    }
    cookies_of(&carrying, &mut found);
    by_name(samples, operations, &mut found);
    found
}

/// The cookies of sessions. Several calls may set one of a name: that counts whose cookie is carried most often.
fn cookies_of(carrying: &IndexMap<(&str, usize), usize>, found: &mut IndexMap<String, Given>) {
    for (name, opens) in carrying.keys() {
        let of = |opens: usize| carrying.get(&(*name, opens)).copied().unwrap_or_default();
        let is_less = found.get(*name).is_none_or(|known| of(known.opens) < of(*opens));
        if is_less {
            let path = vec![COOKIE.to_owned(), (*name).to_owned()];
            let why = "A later request carries the cookie that this reply set.";
            found.insert((*name).to_owned(), Given { opens: *opens, path, also: Vec::new(), why });
        }
    }
    for (name, opens) in carrying.keys() {
        if let Some(given) = found.get_mut(*name).filter(|given| given.opens != *opens) {
            given.also.push(*opens);
        }
    }
}

/// `sid`, `sessionId`, `aimsid`.
fn is_session_id(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("sess") || name.ends_with("sid")
}

/// Secrets of the reply of what opens sessions by its name, that requests of other operations have by the same name.
fn by_name(samples: &[Sample], operations: &[Operation], found: &mut IndexMap<String, Given>) {
    let mut carried: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for sample in samples {
        for parameter in &sample.exchange.parameters {
            carried.entry(&parameter.name).or_default().insert(sample.operation);
        }
    }
    for sample in samples {
        let opener = operations.get(sample.operation).is_some_and(|own| is_in("opens", &own.name));
        if !opener || sample.failed {
            continue;
        }
        for (_, document) in &sample.documents {
            document.node.leaves(&mut Vec::new(), &mut |path, _| {
                let Some(last) = path.last() else { return };
                let users =
                    carried.get(*last).into_iter().flatten().filter(|user| **user != sample.operation);
                if users.count() > 0 && (is_secret(last) || is_session_id(last)) && !found.contains_key(*last)
                {
                    let path = path.iter().map(|step| (*step).to_owned()).collect();
                    let why = "The name alone says so: no sample carries the value on.";
                    let given = Given { opens: sample.operation, path, also: Vec::new(), why };
                    found.insert((*last).to_owned(), given);
                }
            });
        }
    }
}

/// The parameters of sessions as somebody said them, in place of those that were inferred.
pub(crate) fn answered(
    inferred: IndexMap<String, Given>,
    answers: &Answers,
    operations: &[Operation],
    envelope: &Envelope,
) -> IndexMap<String, Given> {
    let Some(answer) = &answers.session else { return inferred };
    let opens = operations.iter().position(|own| format!("{}/{}", own.group, own.name) == answer.opens);
    let Some(opens) = opens else { return IndexMap::new() };
    let data = envelope.data.clone().or_else(|| envelope.data_template.clone());
    let given = |path: &String| Given {
        opens,
        path: data.iter().cloned().chain(path.split('.').map(str::to_owned)).collect(),
        also: Vec::new(),
        why: "Somebody said so.",
    };
    answer.fields.iter().map(|(name, path)| (name.clone(), given(path))).collect()
}

/// The operation that ends the sessions of another: it carries their parameter, and is called so.
pub(crate) fn closes(
    samples: &[Sample],
    operations: &[Operation],
    parameters: &[&str],
    opens: usize,
) -> Option<usize> {
    let carries = |index: usize| {
        let own = || samples.iter().filter(|one| one.operation == index);
        own().any(|one| parameters.iter().any(|name| one.exchange.parameter(name).is_some()))
    };
    let mut named = operations.iter().enumerate().filter(|(_, own)| is_in("closes", &own.name));
    named.find(|(index, _)| *index != opens && carries(*index)).map(|(index, _)| index)
}
