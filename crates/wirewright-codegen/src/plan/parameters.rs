//! The parameters that an operation does not have of its own, by who provides them.

use crate::model::{From, Member, Vendor};

/// Which structures a vendor has beside those of its sessions.
#[derive(Clone, Copy)]
pub struct Provided {
    /// Whether clients have parameters.
    pub client: bool,
    /// Whether calls have options.
    pub call: bool,
}

impl Provided {
    /// Those of a vendor.
    pub fn new(vendor: &Vendor) -> Self {
        Self { client: !client_members(vendor).is_empty(), call: !call_members(vendor).is_empty() }
    }

    /// The type of the client's parameters.
    pub const fn client_type(self) -> &'static str {
        if self.client { "ClientParameters" } else { "Nothing" }
    }

    /// The type of a call's options.
    pub const fn options_type(self) -> &'static str {
        if self.call { "CallOptions" } else { "Nothing" }
    }
}

/// The members that a client is made with.
pub fn client_members(vendor: &Vendor) -> Vec<Member> {
    collect(vendor, |from| match from {
        From::Client(member) => Some(member.clone()),
        _ => None,
    })
}

/// The members that a caller may add to a call.
pub fn call_members(vendor: &Vendor) -> Vec<Member> {
    collect(vendor, |from| match from {
        From::Call(member) => Some(member.clone()),
        _ => None,
    })
}

fn collect(vendor: &Vendor, pick: impl Fn(&From) -> Option<Member>) -> Vec<Member> {
    vendor.parameters.iter().filter_map(|parameter| pick(&parameter.from)).collect()
}
