//! What operations are called in generated code.

use std::collections::{HashMap, HashSet};

use super::{
    continues,
    kinds::Kind,
    names::{joined, part, plain},
    rows,
};
use crate::model::{Group, Operation, Vendor};

/// Methods of generated clients, sessions and services that are no operations.
const METHODS: &[&str] = &[
    "answer",
    "call",
    "call_rows",
    "call_upload",
    "clone",
    "complete",
    "context",
    "new",
    "parameters",
    "session",
    "settings",
    "state",
    "with_parameters",
    "with_config",
];

/// Modules and crates that generated files name: a group called so is not imported, and stands behind `crate::`.
const TAKEN: &[&str] = &[
    "alloc",
    "collection",
    "core",
    "generated",
    "http",
    "insta",
    "json",
    "proptest",
    "rows",
    "sign",
    "std",
    "testing",
    "wire",
];

/// An operation with its names in generated code.
pub(super) struct Named<'v> {
    pub(super) group: &'v Group,
    pub(super) operation: &'v Operation,
    /// Its method on clients and services: short where no other operation has the name, raw where it is a keyword.
    pub(super) method: String,
    /// The method that reads its reply row by row.
    pub(super) rows: Option<String>,
    /// The method that writes its request row by row.
    pub(super) upload: Option<String>,
    /// The method that makes one call after the other and gives the items of all.
    pub(super) items: Option<String>,
    /// Its name for functions and tests: `auth_logout`.
    pub(super) function: String,
    /// The index of its envelope in the context.
    pub(super) envelope: usize,
    /// The index of the envelope of its refused calls.
    pub(super) failed_envelope: usize,
}

impl Named<'_> {
    /// What people call it: `auth/clientLogin`.
    pub(super) fn title(&self) -> String {
        format!("{}/{}", self.group.name.wire, self.operation.name.wire)
    }

    /// The path of its module for rustdoc, which knows no raw names.
    pub(super) fn link(&self) -> String {
        format!("crate::{}::{}", plain(&self.group.name.rust), plain(&self.operation.name.rust))
    }

    /// The path of its module where the group is imported: `auth::logout`.
    pub(super) fn module(&self) -> String {
        self.module_in("crate")
    }

    /// The same, seen from a file to which the crate is `own`. There, a group of the same name cannot be imported.
    pub(super) fn module_in(&self, own: &str) -> String {
        let group = &self.group.name.rust;
        let path = format!("{group}::{}", self.operation.name.rust);
        if is_importable(group) && plain(group) != own { path } else { format!("{own}::{path}") }
    }

    /// What a call of it gives: an answer, or a reply without an envelope.
    pub(super) fn answer(&self) -> String {
        match self.operation.raw {
            Some(_) => "RawReply".to_owned(),
            None => format!("Answer<{}::Reply>", self.module()),
        }
    }

    /// What its snapshots are called: `auth.logout`.
    pub(super) fn snapshot(&self) -> String {
        let part = |wire: &str, rust: &str| {
            let safe = !wire.is_empty()
                && wire.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
            if safe { wire.to_owned() } else { plain(rust).to_owned() }
        };
        let (group, operation) = (&self.group.name, &self.operation.name);
        format!("{}.{}", part(&group.wire, &group.rust), part(&operation.wire, &operation.rust))
    }
}

/// Whether generated files can name a group without a path.
pub(super) fn is_importable(group: &str) -> bool {
    !TAKEN.contains(&plain(group))
}

/// Every operation, in the order of the definition.
pub(super) fn named(vendor: &Vendor) -> Vec<Named<'_>> {
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
    reserved.extend(Kind::all(vendor).iter().map(Kind::resume));
    let own = |operation: &Operation| {
        let name = plain(&operation.name.rust);
        // The methods that open and close a session are those of its operations.
        if (name == "login" && is(opens, operation)) || (name == "logout" && is(closes, operation)) {
            return count.get(name) == Some(&1);
        }
        let companion = name.strip_suffix("_with").is_some_and(|other| count.contains_key(other));
        count.get(name) == Some(&1) && !reserved.contains(name) && !companion
    };
    // Short names first: the long ones give way to them.
    let mut methods = reserved.clone();
    for (_, operation) in vendor.operations().filter(|(_, operation)| own(operation)) {
        let name = plain(&operation.name.rust);
        methods.extend([name.to_owned(), format!("{}_with", part(name))]);
    }
    let mut functions = HashSet::new();
    let mut named: Vec<Named<'_>> = vendor
        .operations()
        .map(|(group, operation)| {
            let long = joined(&[&group.name, &operation.name]);
            let function = free(&long, |name| functions.contains(name));
            functions.insert(function.clone());
            let method = if own(operation) {
                operation.name.rust.clone()
            } else {
                free(&long, |name| methods.contains(name) || methods.contains(&format!("{name}_with")))
            };
            methods.extend([plain(&method).to_owned(), format!("{}_with", part(&method))]);
            Named {
                group,
                operation,
                method,
                rows: None,
                upload: None,
                items: None,
                function,
                envelope: 0,
                failed_envelope: 0,
            }
        })
        .collect();
    let ends = vendor.sessions.iter().flat_map(|session| [Some(session.opens), session.closes]);
    let ends: Vec<&Operation> = ends.filter_map(at).collect();
    let ordinary = |operation: &Operation| !ends.iter().any(|end| std::ptr::eq(*end, operation));
    for named in &mut named {
        if !ordinary(named.operation) {
            continue;
        }
        let mut take = |wanted: &str| {
            let taken = |name: &str| methods.contains(name) || methods.contains(&format!("{name}_with"));
            let method = free(wanted, taken);
            methods.extend([method.clone(), format!("{method}_with")]);
            method
        };
        if named.operation.rows.is_some() {
            named.rows = Some(take(&rows::method_name(&named.method)));
        }
        if named.operation.body_rows.is_some() {
            named.upload = Some(take(&rows::upload_name(&named.method)));
        }
        named.items = continues::method_name(named.operation).map(take);
    }
    named
}

/// `name`, or `name_2` and so on where it is taken.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}
