//! The kinds of credentials that a vendor takes, where it takes one of several: a password, say, or a key.

use crate::describe::protocol::{ParameterDescription, ParameterSource, Protocol};

/// The parameters that belong to kinds of credentials.
pub(crate) fn parameters(protocol: &'static Protocol) -> impl Iterator<Item = &'static ParameterDescription> {
    protocol.parameters.iter().filter(|parameter| !parameter.credentials.is_empty())
}

/// Whether requests with credentials of this kind carry a parameter.
pub(crate) fn carry(parameter: &ParameterDescription, kind: Option<&str>) -> bool {
    parameter.credentials.is_empty() || kind.is_some_and(|kind| parameter.credentials.contains(&kind))
}

/// The kinds of credentials that a vendor takes, each with what it is made of: `` `u` and `p`, or `apiKey` ``.
#[derive(Clone, Copy)]
pub struct Alternatives(pub(crate) &'static Protocol);

impl std::fmt::Display for Alternatives {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, kind) in self.0.credentials().into_iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", or " })?;
            let of_kind = |one: &&ParameterDescription| {
                one.credentials.contains(&kind) && matches!(one.source, ParameterSource::Client(_))
            };
            for (index, parameter) in parameters(self.0).filter(of_kind).enumerate() {
                let before = if index == 0 { "" } else { " and " };
                write!(f, "{before}`{}`", parameter.name)?;
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Alternatives {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.credentials()).finish()
    }
}
