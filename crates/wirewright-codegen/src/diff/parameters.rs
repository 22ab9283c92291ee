//! Common parameters: who fills them in, and who carries them.

use super::compare::{Comparison, Definition, Spot};
use super::effect::Direction;
use super::kinds::Kind;
use super::members::in_request;
use super::pairs::{NameOf, beyond, pairs};
use super::quote::{code, flag, list};
use crate::model::{From, Groups, Member, Parameter, Vendor};
use crate::plan::members::{by_name, needed};
use crate::plan::parameters::Provided;

const NAMES: &[NameOf<Parameter>] = &[
    |one| Some(&one.name.wire),
    // One that is given keeps its name in Rust; of others that is nobody's concern.
    |one| given(one).map(|member| member.name.rust.as_str()),
    // There is one of each of these at most.
    |one| {
        matches!(one.from, From::Format | From::Operation | From::Computed(_) | From::Callback)
            .then(|| provider(&one.from))
    },
];

impl Comparison<'_> {
    /// All of them.
    pub(super) fn parameters(&mut self) {
        let (old, new) = (&self.old.vendor.parameters, &self.new.vendor.parameters);
        let found = pairs(old, new, NAMES);
        let spot = |parameter: &Parameter| {
            Spot::protocol(&["parameters", parameter.name.wire.as_str()]).on(Direction::Request)
        };
        for ((_, old), (_, new)) in &found.both {
            self.parameter(&spot(new), old, new);
        }
        for parameter in &found.removed {
            let at = spot(parameter);
            if let Some(member) = given(parameter) {
                self.member_removed(&at, member);
            } else {
                self.went(&at, gone(parameter), code(provider(&parameter.from)));
            }
        }
        for (_, parameter) in &found.added {
            let at = spot(parameter);
            if let Some(member) = given(parameter) {
                self.member_added(&at, member);
            } else {
                self.came(&at, new_one(parameter), code(provider(&parameter.from)));
            }
        }
        let at = Spot::protocol(&["parameters"]).on(Direction::Request);
        let types = |vendor: &Vendor| {
            let provided = Provided::new(vendor);
            [provided.client_type(), provided.options_type()]
        };
        let [was, now] = [self.old.vendor, self.new.vendor].map(types);
        self.differs(&at, Kind::GivenType, (&was, &now), |types| list(types));
        if !found.same_order(|_, _| true) {
            let names = |all: &[Parameter]| list(all.iter().map(|one| &one.name.wire));
            self.became(&at, Kind::MemberOrder, names(old), names(new));
        }
        for of_client in [true, false] {
            let own = |one: &Parameter| matches!(one.from, From::Client(_)) == of_client;
            let argument = |one: &Parameter| own(one) && given(one).is_some_and(needed);
            let positional = [old, new]
                .into_iter()
                .all(|all| !by_name(all.iter().filter(|one| own(one)).filter_map(given)));
            if positional && !found.same_order(|old, new| argument(old) && argument(new)) {
                let names = |all: &[Parameter]| {
                    list(all.iter().filter(|one| argument(one)).map(|one| &one.name.rust))
                };
                self.became(&at, Kind::ConstructorOrder, names(old), names(new));
            }
        }
    }

    fn parameter(&mut self, at: &Spot, old: &Parameter, new: &Parameter) {
        let Parameter {
            name,
            from,
            required: _,
            groups,
            credentials,
            request_id,
            location,
            default,
            accepts,
            // Shown in pages, and nowhere else.
            facts: _,
        } = new;
        self.differs(at, Kind::ParameterGroups, (&carriers(&old.groups), &carriers(groups)), String::clone);
        let kinds = |of: &[String]| if of.is_empty() { "all".to_owned() } else { list(of) };
        let both = (&kinds(&old.credentials), &kinds(credentials));
        self.differs(at, Kind::ParameterCredentials, both, String::clone);
        self.differs(at, Kind::RequestId, (&old.request_id, request_id), |is| flag(*is).to_owned());
        if provider(&old.from) != provider(from) {
            return self.became(at, Kind::ParameterProvider, code(provider(&old.from)), code(provider(from)));
        }
        if let Some((old, new)) = given(old).zip(given(new)) {
            // What follows is told of it as of a member.
            return self.member(at, old, new);
        }
        self.differs(at, Kind::MemberWireName, (old.name.wire.as_str(), name.wire.as_str()), code);
        self.differs(at, Kind::Location, (&old.location, location), in_request);
        let was = said(&self.old, &old.from, |name| self.session_name(name));
        let now = said(&self.new, from, |name| name);
        let kind =
            if matches!(from, From::Constant(_)) { Kind::ParameterConstant } else { Kind::ParameterField };
        self.differs(at, kind, (was.as_str(), now.as_str()), str::to_owned);
        match (old.default.as_deref(), default.as_deref()) {
            (None, Some(now)) => self.came(at, Kind::ParameterDefaultAdded, code(now)),
            (Some(was), None) => self.went(at, Kind::ParameterDefaultRemoved, code(was)),
            (Some(was), Some(now)) if was != now => {
                self.became(at, Kind::ParameterDefault, code(was), code(now));
            }
            _ => {}
        }
        for text in beyond(&old.accepts, accepts) {
            self.came(at, Kind::ParameterAcceptsAdded, code(text));
        }
        for text in beyond(accepts, &old.accepts) {
            self.went(at, Kind::ParameterAcceptsRemoved, code(text));
        }
    }
}

/// The groups that carry a parameter, which have no order.
fn carriers(groups: &Groups) -> String {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        list(names)
    };
    match groups {
        Groups::All => "all".to_owned(),
        Groups::Only(names) => sorted(names),
        Groups::Except(names) => format!("all but {}", sorted(names)),
    }
}

/// The member that the client or the caller gives.
fn given(parameter: &Parameter) -> Option<&Member> {
    match &parameter.from {
        From::Client(member) | From::Call(member) => Some(member),
        _ => None,
    }
}

/// Who fills a parameter in, as the definition says it.
const fn provider(from: &From) -> &'static str {
    match from {
        From::Request => "request",
        From::Client(_) => "client",
        From::Again(_) => "another parameter of the client",
        From::Call(_) => "call",
        From::Session(_) => "session",
        From::Format => "format",
        From::Callback => "callback",
        From::Operation => "operation",
        From::Computed(_) => "computed",
        From::Constant(_) => "constant",
    }
}

/// What a parameter says that nobody gives.
fn said<'s>(definition: &'s Definition<'_>, from: &'s From, kind: impl Fn(&'s str) -> &'s str) -> String {
    let vendor = definition.vendor;
    match from {
        From::Constant(text) => code(text),
        From::Computed(step) => vendor.computed.get(*step).map_or_else(String::new, |step| code(&step.name)),
        From::Again(index) => {
            let mut clients = vendor.parameters.iter().filter(|one| matches!(one.from, From::Client(_)));
            clients
                .nth(*index)
                .map_or_else(String::new, |one| format!("the parameter {}", code(&one.name.wire)))
        }
        From::Session(fields) => {
            let fields = vendor.sessions.iter().zip(fields).filter_map(|(session, field)| {
                let field = session.fields.get((*field)?)?;
                Some(format!("{} of {}", code(&field.name.wire), code(kind(&session.name))))
            });
            super::quote::joined(fields)
        }
        _ => String::new(),
    }
}

/// Whether a server does without it.
fn may_be_left_out(parameter: &Parameter) -> bool {
    matches!(parameter.from, From::Request | From::Callback) || parameter.default.is_some()
}

fn new_one(parameter: &Parameter) -> Kind {
    match parameter.from {
        From::Session(_) => Kind::SessionParameterAdded,
        _ if may_be_left_out(parameter) => Kind::ParameterAddedOptional,
        _ => Kind::ParameterAdded,
    }
}

fn gone(parameter: &Parameter) -> Kind {
    match parameter.from {
        From::Session(_) => Kind::SessionParameterRemoved,
        _ if may_be_left_out(parameter) => Kind::ParameterRemovedOptional,
        _ => Kind::ParameterRemoved,
    }
}
