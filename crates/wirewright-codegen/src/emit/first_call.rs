//! The front page's way to a first call: what a program depends on, and a whole program, blocking and async.

use std::fmt::Write as _;

use super::{client, structure::argument};
use crate::model::{Member, Repeat, TypeKind, ValueType};
use crate::plan::{
    context::{Context, Scope},
    credentials::credentials,
    kinds::SessionPlan,
    members::{by_name, needed},
    methods::{closing_method, open_scopes, opening_method},
    names::plain,
    operations::Named,
    parameters::{call_members, client_members},
};

/// How a program is sent.
#[derive(Clone, Copy)]
struct Style {
    head: &'static str,
    transport: &'static str,
    send: &'static str,
}

const BLOCKING: Style =
    Style { head: "fn main()", transport: "wirewright_ureq::Transport::new()", send: "send_blocking()?" };

const ASYNC: Style = Style {
    head: "#[tokio::main]\nasync fn main()",
    transport: "wirewright_reqwest::Transport::new()?",
    send: "send().await?",
};

/// The section. Writing to a string cannot fail.
pub(super) fn section(context: &Context<'_>) -> String {
    let package = &context.vendor.package;
    let mut page = format!(
        "\n\n# A first call\n\nThis crate has no HTTP library of its own: a program chooses a transport, one that blocks or one for \
         tokio.\n\n\
         ```sh\ncargo add {package} wirewright-ureq\n\
         # or\ncargo add {package} wirewright-reqwest\ncargo add tokio --features macros,rt-multi-thread\n```"
    );
    match programs(context) {
        // The transports are no dependencies of this crate, so that no doctest has them.
        Some([blocking, asynchronous]) => {
            let _ = write!(
                page,
                "\n\n```ignore\n{blocking}```\n\nThe same over an async transport:\n\n```ignore\n{asynchronous}```"
            );
        }
        None => page.push_str(
            "\n\nThe page of each operation has its call: what it takes is more than can be made up here.",
        ),
    }
    page
}

/// A whole program with a first call, over a transport that blocks and over one for tokio: a login and a logout where the vendor has
/// sessions. `None`: what such a program needs cannot be made up.
pub fn programs(context: &Context<'_>) -> Option<[String; 2]> {
    let calls = Calls::new(context)?;
    Some([calls.program(BLOCKING), calls.program(ASYNC)])
}

/// The calls of a program, each a method with its arguments.
struct Calls<'c> {
    context: &'c Context<'c>,
    /// What makes the client, and what it is made of beside its transport.
    client: (String, String),
    opening: Option<String>,
    call: Option<String>,
    closing: Option<String>,
}

impl<'c> Calls<'c> {
    /// `None`: what the client or every call takes cannot be made up.
    fn new(context: &'c Context<'c>) -> Option<Self> {
        if call_members(context.vendor).iter().any(needed) {
            return None;
        }
        let members = client_members(context.vendor);
        let client = match credentials(context.vendor).first() {
            Some(first) if !by_name(&members) => {
                (client::method(first), values(context, first.members.iter().copied())?)
            }
            _ => ("new".to_owned(), made_up(context, &members)?),
        };
        let none = Self { context, client, opening: None, call: None, closing: None };
        Self::in_session(&none).or_else(|| {
            let call = ordinary(context, None)?;
            Some(Self { call: Some(call), ..none })
        })
    }

    /// A login, a call and a logout.
    fn in_session(none: &Self) -> Option<Self> {
        let context = none.context;
        let kind = context.kinds.first()?;
        let opens = context.operation(kind.session.opens);
        if !opens.operation.sessionless || kind.session.conditional || opens.operation.body.is_some() {
            return None;
        }
        let login = made_up(context, &opens.operation.request)?;
        let closing = kind.session.closes.map(|closes| context.operation(closes)).and_then(|closes| {
            let arguments = made_up(context, &closes.operation.request)?;
            Some(format!("{}({arguments})", closing_method(kind, closes)))
        });
        let call = ordinary(context, Some(kind));
        if call.is_none() && closing.is_none() {
            // Nobody needs that session.
            return None;
        }
        let opening = Some(format!("{}({login})", opening_method(kind, opens)));
        Some(Self { context, client: none.client.clone(), opening, call, closing })
    }

    fn program(&self, style: Style) -> String {
        let Style { head, transport, send } = style;
        let (constructor, arguments) = &self.client;
        let comma = if arguments.is_empty() { "" } else { ", " };
        let mut lines = vec![format!("let client = Client::{constructor}({transport}{comma}{arguments});")];
        let caller = if let Some(opening) = &self.opening {
            lines.push(format!("let session = client.{opening}.{send};"));
            "session"
        } else {
            "client"
        };
        if let Some(call) = &self.call {
            lines.push(format!("let answer = {caller}.{call}.{send};"));
            lines.push("println!(\"{answer:#?}\");".to_owned());
        }
        if let Some(closing) = &self.closing {
            lines.push(format!("session.{closing}.{send};"));
        }
        lines.push("Ok(())".to_owned());
        let package = self.context.crate_name();
        let body = lines.iter().fold(String::new(), |body, line| body + "    " + line + "\n");
        format!("use {package}::Client;\n\n{head} -> Result<(), Box<dyn std::error::Error>> {{\n{body}}}\n")
    }
}

/// An operation that can be called in this session, or in none, with arguments that can be made up: the first that changes nothing and
/// answers something, else the first that changes nothing, else the first.
fn ordinary(context: &Context<'_>, kind: Option<&SessionPlan<'_>>) -> Option<String> {
    let named = context.operations.iter().filter(|named| context.is_ordinary(named));
    let is_there = |named: &&Named<'_>| {
        let name = |kind: &SessionPlan<'_>| kind.name();
        open_scopes(context, named).iter().any(|scope| scope.map(name) == kind.map(name))
    };
    let callable = named.filter(is_there).filter_map(|named| {
        if named.operation.body.as_ref().is_some_and(|body| body.iter().any(needed)) {
            return None;
        }
        Some((named, made_up(context, &named.operation.request)?))
    });
    // Of equals the first.
    let (named, arguments) =
        callable.min_by_key(|(named, _)| (!named.operation.repeatable, !named.has_reply()))?;
    Some(format!("{}({arguments})", named.method))
}

/// Arguments for what these members need. `None`: they cannot be made up.
fn made_up(context: &Context<'_>, members: &[Member]) -> Option<String> {
    if by_name(members) {
        return None;
    }
    values(context, members.iter().filter(|member| needed(member)))
}

/// Values for these members. `None`: they cannot be made up.
fn values<'m>(context: &Context<'_>, members: impl Iterator<Item = &'m Member>) -> Option<String> {
    let values =
        members.map(|member| value(context, member, &argument(context, member, Scope::Elsewhere).name));
    Some(values.collect::<Option<Vec<_>>>()?.join(", "))
}

fn value(context: &Context<'_>, member: &Member, name: &str) -> Option<String> {
    if member.repeat != Repeat::Once || (member.secret && member.value != ValueType::String) {
        return None;
    }
    let least = member.range.as_ref().map(|(least, _)| least.as_str());
    match member.value {
        ValueType::String => Some(format!("\"{}\"", plain(name))),
        ValueType::Integer => Some(least.unwrap_or("1").to_owned()),
        ValueType::Boolean => Some("true".to_owned()),
        ValueType::Type(index) => {
            let described = context.vendor.types.get(index)?;
            let TypeKind::Enumeration { values, .. } = &described.kind else { return None };
            let first = values.first()?;
            Some(format!("{}::types::{}::{}", context.crate_name(), described.name.rust, first.name.rust))
        }
        _ => None,
    }
}
