//! The kinds of credentials of which a client has one.

use crate::model::{From, Member, Parameter, Vendor};

/// A kind of credentials.
pub struct Credentials<'v> {
    /// `api-key`
    pub name: &'v str,
    /// What a client is made with that has them, in the order of the wire: the members of [`client_members`](super::parameters::client_members)
    /// that are of them, and those that go with all.
    pub members: Vec<&'v Member>,
    vendor: &'v Vendor,
}

impl Credentials<'_> {
    /// Whether a member is of them, and not one that goes with all.
    pub fn has(&self, member: &Member) -> bool {
        let of_them = |from: &From| matches!(from, From::Client(own) if own.name == member.name);
        self.vendor
            .parameters
            .iter()
            .any(|one| of_them(&one.from) && one.credentials.iter().any(|kind| kind == self.name))
    }
}

/// Those of a vendor, in the order in which its parameters name them; none where a client has no choice.
pub fn credentials(vendor: &Vendor) -> Vec<Credentials<'_>> {
    let mut names: Vec<&str> = Vec::new();
    for name in vendor.parameters.iter().flat_map(|parameter| &parameter.credentials) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let of = |name: &str| {
        let members = vendor.parameters.iter().filter_map(|parameter| match &parameter.from {
            From::Client(member) => {
                let of_all = parameter.credentials.is_empty() && super::members::needed(member);
                (of_all || parameter.credentials.iter().any(|kind| kind == name)).then_some(member)
            }
            _ => None,
        });
        members.collect()
    };
    names.into_iter().map(|name| Credentials { name, members: of(name), vendor }).collect()
}

/// Whether the requests of a usual client, which has the first kind of credentials, carry a parameter.
pub fn is_usual(vendor: &Vendor, parameter: &Parameter) -> bool {
    parameter.credentials.is_empty() || is_of_first(vendor, parameter)
}

/// Whether a parameter is of the first kind of credentials.
pub fn is_of_first(vendor: &Vendor, parameter: &Parameter) -> bool {
    let first = vendor.parameters.iter().find_map(|one| one.credentials.first());
    first.is_some_and(|first| parameter.credentials.contains(first))
}
