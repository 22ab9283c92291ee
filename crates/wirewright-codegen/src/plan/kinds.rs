//! The kinds of session, as generated code names them.

use super::computed::ComputedPlan;
use super::names::{Unique, snake};
use crate::model::{
    Facts, From, Member, Name, ParameterLocation, SAMPLE_COOKIES, Session, SessionField, ValueType, Vendor,
};
use crate::naming::{self, CLOCK};

/// A kind of session with its names.
pub struct SessionPlan<'v> {
    /// As the definition has it.
    pub session: &'v Session,
    /// What its calls carry.
    pub members: Vec<Member>,
    /// The fields that computed values are made of.
    pub fields: Vec<&'v SessionField>,
    /// Whether it has all that signs its calls.
    pub keyed: bool,
}

impl<'v> SessionPlan<'v> {
    /// Every kind, in the order of the definition.
    pub fn all(vendor: &'v Vendor, computed: &ComputedPlan<'v>) -> Vec<Self> {
        let kind = |(index, session): (usize, &'v Session)| Self {
            session,
            members: session_members(vendor, index),
            fields: computed
                .fields(session)
                .into_iter()
                .filter_map(|field| session.fields.get(field))
                .collect(),
            keyed: computed.is_keyed(session),
        };
        vendor.sessions.iter().enumerate().map(kind).collect()
    }

    /// Whether the definition gives it a name: there may be several.
    pub fn is_named(&self) -> bool {
        !self.session.rust.is_empty()
    }

    /// `ClientSession`
    pub fn name(&self) -> String {
        format!("{}Session", self.session.rust)
    }

    /// `ClientSessionState`
    pub fn state(&self) -> String {
        format!("{}SessionState", self.session.rust)
    }

    /// `ClientSessionParameters`
    pub fn parameters(&self) -> String {
        format!("{}SessionParameters", self.session.rust)
    }

    /// The type of what its calls carry, which may be nothing.
    pub fn parameters_type(&self) -> String {
        if self.members.is_empty() { "Nothing".to_owned() } else { self.parameters() }
    }

    /// The fields that sessions take over which are opened in one of this kind.
    pub fn given_over(&self, vendor: &'v Vendor) -> impl Iterator<Item = &'v SessionField> {
        let is_own =
            |kind: &usize| vendor.sessions.get(*kind).is_some_and(|one| std::ptr::eq(one, self.session));
        let inner = vendor.sessions.iter().filter(move |inner| {
            let (group, operation) = inner.opens;
            let opens = vendor.groups.get(group).and_then(|group| group.operations.get(operation));
            opens.is_some_and(|opens| opens.sessions.iter().any(is_own))
        });
        let taken: Vec<&str> = inner.flat_map(|inner| inner.taken_over().map(|(key, _)| key)).collect();
        self.session.fields.iter().filter(move |field| taken.contains(&field.name.wire.as_str()))
    }

    /// `CLIENT_SESSION`
    pub fn constant(&self) -> String {
        snake(&self.name()).to_uppercase()
    }

    /// Its variant where it is one of several: `Client`.
    pub fn variant(&self) -> String {
        // A word that is no name.
        if self.session.rust == "Self" { "Self_".to_owned() } else { self.session.rust.clone() }
    }

    /// Its member where it is one of several: `client`.
    pub fn field(&self) -> String {
        naming::snake(&self.session.name)
    }
}

/// The enumerations of what operations can be called with, where that is several kinds of session.
pub struct Choices(Vec<(Vec<usize>, String)>);

impl Choices {
    /// The one of all kinds first, then the others in the order of the operations.
    pub fn new(vendor: &Vendor, kinds: &[SessionPlan<'_>]) -> Self {
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

    /// Each with the indices of its kinds.
    pub fn iter(&self) -> impl Iterator<Item = (&[usize], &str)> {
        self.0.iter().map(|(kinds, name)| (kinds.as_slice(), name.as_str()))
    }

    /// The enumeration of these kinds.
    pub fn of(&self, kinds: &[usize]) -> Option<&str> {
        self.iter().find(|(known, _)| *known == kinds).map(|(_, name)| name)
    }
}

/// The members that the calls of a kind of session carry. Every one is required: a session has them all.
pub fn session_members(vendor: &Vendor, kind: usize) -> Vec<Member> {
    let Some(session) = vendor.sessions.get(kind) else { return Vec::new() };
    let carried = vendor.parameters.iter().filter_map(|parameter| match &parameter.from {
        From::Session(fields) => Some((parameter, session.fields.get((*fields.get(kind)?)?)?)),
        _ => None,
    });
    carried
        .map(|(parameter, field)| {
            let name = Name { wire: parameter.name.wire.clone(), rust: field.name.rust.clone() };
            let cookies = parameter.location == ParameterLocation::Cookies;
            let samples = cookies.then(|| vec![SAMPLE_COOKIES.to_owned()]);
            member(&name, field.secret, true, &parameter.facts).with(|details| details.samples = samples)
        })
        .collect()
}

/// A member of a session: one text, by the same name in every format.
pub fn member(name: &Name, secret: bool, required: bool, facts: &Facts) -> Member {
    Member { required, secret, facts: facts.clone(), ..Member::named(name.clone()) }
}

/// What sessions of a kind keep between calls.
pub fn state_members(session: &Session) -> Vec<Member> {
    let fields = session.fields.iter();
    fields
        .map(|field| member(&field.name, field.secret, true, &field.facts))
        .chain(session.clock.is_some().then(clock))
        .collect()
}

/// How far the server's clock is from the caller's.
fn clock() -> Member {
    let name = Name { wire: CLOCK.to_owned(), rust: CLOCK.to_owned() };
    let doc = "By how much the server's clock was ahead when the session was opened, if that is known.";
    let facts = Facts { doc: Some(doc.to_owned()), ..Facts::default() };
    Member { value: ValueType::ClockSkew, ..member(&name, false, false, &facts) }
}
