//! The kinds of session, as generated code names them.

use super::{
    names::{Context, Unique, snake},
    parameters::session_members,
    prose::code,
};
use crate::model::{Member, Operation, Session, SessionField, Vendor};
use crate::naming;

/// A kind of session with its names.
pub(super) struct Kind<'v> {
    pub(super) session: &'v Session,
    /// What its calls carry.
    pub(super) members: Vec<Member>,
    /// The field that signs its calls.
    pub(super) key: Option<&'v SessionField>,
}

impl<'v> Kind<'v> {
    /// Every kind, in the order of the definition.
    pub(super) fn all(vendor: &'v Vendor) -> Vec<Self> {
        let kind = |(index, session): (usize, &'v Session)| {
            let key = vendor.signature.as_ref().and_then(|signature| *signature.key.get(index)?);
            Self {
                session,
                members: session_members(vendor, index),
                key: key.and_then(|key| session.fields.get(key)),
            }
        };
        vendor.sessions.iter().enumerate().map(kind).collect()
    }

    /// Whether the definition gives it a name: there may be several.
    pub(super) fn is_named(&self) -> bool {
        !self.session.rust.is_empty()
    }

    /// `ClientSession`
    pub(super) fn name(&self) -> String {
        format!("{}Session", self.session.rust)
    }

    /// `ClientSessionState`
    pub(super) fn state(&self) -> String {
        format!("{}SessionState", self.session.rust)
    }

    /// `ClientSessionParameters`
    pub(super) fn parameters(&self) -> String {
        format!("{}SessionParameters", self.session.rust)
    }

    /// The type of what its calls carry, which may be nothing.
    pub(super) fn parameters_type(&self) -> String {
        if self.members.is_empty() { "Nothing".to_owned() } else { self.parameters() }
    }

    /// `CLIENT_SESSION`
    pub(super) fn constant(&self) -> String {
        snake(&self.name()).to_uppercase()
    }

    /// Its variant where it is one of several: `Client`.
    pub(super) fn variant(&self) -> String {
        // A word that is no name.
        if self.session.rust == "Self" { "Self_".to_owned() } else { self.session.rust.clone() }
    }

    /// Its member where it is one of several: `client`.
    pub(super) fn field(&self) -> String {
        naming::snake(&self.session.name)
    }
}

/// The enumerations of what operations can be called with, where that is several kinds of session.
pub(super) struct Choices(Vec<(Vec<usize>, String)>);

impl Choices {
    /// The one of all kinds first, then the others in the order of the operations.
    pub(super) fn new(vendor: &Vendor, kinds: &[Kind<'_>]) -> Self {
        let all: Vec<usize> = (0..kinds.len()).collect();
        let mut choices = Vec::new();
        let mut names = Unique::default();
        if kinds.len() > 1 {
            choices.push((all, names.take("AnySession".to_owned())));
        }
        for (_, operation) in vendor.operations().filter(|(_, operation)| operation.sessions.len() > 1) {
            if !choices.iter().any(|(kinds, _)| *kinds == operation.sessions) {
                let variants: Vec<_> =
                    operation.sessions.iter().map(|&kind| kinds[kind].session.rust.as_str()).collect();
                let name = format!("{}Session", variants.join("Or"));
                choices.push((operation.sessions.clone(), names.take(name)));
            }
        }
        Self(choices)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&[usize], &str)> {
        self.0.iter().map(|(kinds, name)| (kinds.as_slice(), name.as_str()))
    }

    /// The enumeration of these kinds.
    pub(super) fn of(&self, kinds: &[usize]) -> Option<&str> {
        self.iter().find(|(known, _)| *known == kinds).map(|(_, name)| name)
    }
}

/// What an operation says about sessions, in a few words for a table.
pub(super) fn told(context: &Context<'_>, operation: &Operation) -> String {
    let kinds: Vec<_> = operation.sessions.iter().map(|&kind| &context.kinds[kind]).collect();
    let names =
        kinds.iter().map(|kind| if kind.is_named() { code(&kind.session.name) } else { "needed".to_owned() });
    let mut told = names.collect::<Vec<_>>().join(", ");
    if operation.sessionless && !kinds.is_empty() {
        told = if kinds.iter().any(|kind| kind.is_named()) { told + ", none" } else { "optional".to_owned() };
    }
    if operation.signed {
        let signed: Vec<_> = kinds.iter().filter(|kind| kind.key.is_some()).collect();
        if signed.len() == kinds.len() && !operation.sessionless {
            told.push_str("; signed");
        } else {
            let names: Vec<_> = signed.iter().map(|kind| code(&kind.session.name)).collect();
            told = format!("{told}; signed in {}", names.join(", "));
        }
    }
    told
}
