//! What operations are called in generated code.

use std::collections::{HashMap, HashSet};

use super::{
    kinds::SessionPlan,
    names::{joined, of_file, pascal, plain},
};
use crate::model::{Example, Group, Operation, Vendor};
use crate::naming::{RESERVED_IN_GROUPS, required_type};

/// Methods of a client and of services that are no operations.
const METHODS: &[&str] = &["answer", "call", "clone", "complete", "new", "resume", "session", "state"];

/// An operation with its names in generated code.
pub struct Named<'v> {
    /// The group that it is in.
    pub group: &'v Group,
    /// As the definition has it.
    pub operation: &'v Operation,
    /// The type of its request: `ClientLogin`.
    pub request: String,
    /// Its method on clients and services: short where no other operation has the name, raw where it is a keyword.
    pub method: String,
    /// Its name for tests: `auth_logout`.
    pub function: String,
    /// The index of its envelope in the context.
    pub envelope: usize,
    /// The index of the envelope of its refused calls.
    pub failed_envelope: usize,
}

impl Named<'_> {
    /// What people call it: `auth/clientLogin`.
    pub fn title(&self) -> String {
        format!("{}/{}", self.group.name.wire, self.operation.name.wire)
    }

    /// The path of its request for rustdoc, which knows no raw names.
    pub fn link(&self) -> String {
        format!("crate::{}::{}", plain(&self.group.name.rust), self.request)
    }

    /// The path of a type of its group, seen from a file to which the crate is `own`.
    pub fn path_in(&self, own: &str, name: &str) -> String {
        format!("{own}::{}::{name}", self.group.name.rust)
    }

    /// The path of its request.
    pub fn path(&self) -> String {
        self.path_in("crate", &self.request)
    }

    /// Whether its reply has data of its own; else that is the type that all empty replies share.
    pub const fn has_reply(&self) -> bool {
        self.operation.raw.is_none() && (!self.operation.reply.is_empty() || self.operation.partial.is_some())
    }

    /// The type of its reply's data in its own group.
    pub fn reply(&self) -> String {
        if self.has_reply() { format!("{}Reply", self.request) } else { "Nothing".to_owned() }
    }

    /// The same, seen from a file to which the crate is `own`.
    pub fn reply_in(&self, own: &str) -> String {
        if self.has_reply() {
            self.path_in(own, &self.reply())
        } else if own == "crate" {
            self.reply()
        } else {
            format!("wirewright::exchange::{}", self.reply())
        }
    }

    /// The type of its request's document.
    pub fn body(&self) -> String {
        format!("{}Body", self.request)
    }

    /// What its snapshots are called: `auth.logout`.
    pub fn snapshot(&self) -> String {
        let part = |wire: &str, rust: &str| {
            let safe = !wire.is_empty()
                && wire.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
            of_file(if safe { wire } else { plain(rust) })
        };
        let (group, operation) = (&self.group.name, &self.operation.name);
        format!("{}.{}", part(&group.wire, &group.rust), part(&operation.wire, &operation.rust))
    }

    /// What the snapshot of a part of an example is called: `auth.logout.closed.request`.
    pub fn example_snapshot(&self, example: &Example, what: &str) -> String {
        format!("{}.{}.{what}", self.snapshot(), of_file(plain(&example.name.rust)))
    }
}

/// Every operation, in the order of the definition.
pub fn named(vendor: &Vendor) -> Vec<Named<'_>> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (_, operation) in vendor.operations() {
        *count.entry(plain(&operation.name.rust)).or_default() += 1;
    }
    // A session without a name of its own is opened and closed by methods that are called so.
    let session = vendor.sessions.iter().find(|session| session.rust.is_empty());
    let at = |place: Option<(usize, usize)>| {
        let (group, index) = place?;
        vendor.groups.get(group)?.operations.get(index)
    };
    let opens = at(session.map(|session| session.opens));
    let closes = at(session.and_then(|session| session.closes));
    let is = |found: Option<&Operation>, operation| found.is_some_and(|found| std::ptr::eq(found, operation));
    let mut reserved: HashSet<String> = METHODS.iter().map(|&method| method.to_owned()).collect();
    reserved.extend(session.iter().flat_map(|_| ["login", "logout"].map(str::to_owned)));
    let own = |operation: &Operation| {
        let name = plain(&operation.name.rust);
        // The methods that open and close a session are those of its operations.
        if (name == "login" && is(opens, operation)) || (name == "logout" && is(closes, operation)) {
            return count.get(name) == Some(&1);
        }
        count.get(name) == Some(&1) && !reserved.contains(name) && !name.starts_with("with_")
    };
    // Short names first: the long ones give way to them.
    let mut methods = reserved.clone();
    for (_, operation) in vendor.operations().filter(|(_, operation)| own(operation)) {
        methods.insert(plain(&operation.name.rust).to_owned());
    }
    let types = types(vendor);
    let mut functions = HashSet::new();
    vendor
        .operations()
        .zip(types)
        .map(|((group, operation), request)| {
            let long = joined(&[&group.name, &operation.name]);
            let function = free(&long, |name| functions.contains(name));
            functions.insert(function.clone());
            let method = if own(operation) {
                operation.name.rust.clone()
            } else {
                free(&long, |name| methods.contains(name) || name.starts_with("with_"))
            };
            methods.insert(plain(&method).to_owned());
            Named { group, operation, request, method, function, envelope: 0, failed_envelope: 0 }
        })
        .collect()
}

/// The types of all requests, each of whose names no other type has that its file knows, nor those of what belongs to it.
fn types(vendor: &Vendor) -> Vec<String> {
    let of_crate: HashSet<String> = RESERVED_IN_GROUPS
        .iter()
        .map(|&name| name.to_owned())
        .chain(
            SessionPlan::all(vendor).iter().flat_map(|kind| [kind.name(), kind.state(), kind.parameters()]),
        )
        .collect();
    let mut found = Vec::new();
    for group in &vendor.groups {
        let mut taken = HashSet::new();
        for operation in &group.operations {
            let short = pascal(plain(&operation.name.rust));
            let long = pascal(plain(&group.name.rust)) + &short;
            let is_free = |name: &String| {
                family(name).iter().all(|one| !of_crate.contains(one) && !taken.contains(one))
            };
            let numbered = (2..).map(|number| format!("{long}{number}"));
            let mut wanted = [short, long.clone()].into_iter().chain(numbered);
            let name = wanted.find(is_free).unwrap_or_default();
            taken.extend(family(&name));
            found.push(name);
        }
    }
    found
}

/// The names of a request and of what belongs to it.
fn family(request: &str) -> [String; 6] {
    let [reply, body] = ["Reply", "Body"].map(|end| format!("{request}{end}"));
    let required = [request, &reply, &body].map(required_type);
    let [first, second, third] = required;
    [request.to_owned(), first, second, third, reply, body]
}

/// `name`, or `name_2` and so on where it is taken.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}
