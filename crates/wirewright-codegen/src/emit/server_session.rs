//! The sessions' part of the server side: which session a call belongs to, and that it is signed.

use super::{
    prose::code,
    text::{Item, List, Text},
};
use crate::model::Operation;
use crate::plan::{context::Context, kinds::SessionPlan, parameters::Provided};

/// Whether some operation can be called with a session and without one.
fn optional(context: &Context<'_>) -> bool {
    let mut operations = context.operations.iter().map(|named| named.operation);
    operations.any(|operation| operation.sessionless && !operation.sessions.is_empty())
}

/// `Option<inner>` where there may be none.
fn option(inner: &str, optional: bool) -> String {
    if optional { format!("Option<{inner}>") } else { inner.to_owned() }
}

/// The type of a session of any kind.
fn any(context: &Context<'_>) -> String {
    let all: Vec<usize> = (0..context.kinds.len()).collect();
    let state = || context.kinds.first().map_or_else(String::new, SessionPlan::state);
    context.choices.of(&all).map_or_else(state, str::to_owned)
}

/// What a handler gets beside the request.
pub(super) fn argument(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let inner = match operation.sessions.as_slice() {
        [] => return None,
        [one] => context.kinds[*one].state(),
        several => context.choices.of(several)?.to_owned(),
    };
    Some(option(&inner, operation.sessionless))
}

/// What is there when sessions are of several kinds.
pub(super) fn types(text: &mut Text, context: &Context<'_>) {
    if context.kinds.len() < 2 {
        return;
    }
    text.blank();
    text.doc(
        "What a request says about its session: for each kind of session that the operation takes, what its calls carry, if all of \
         that came. Kinds that carry the same are told apart by the [`Service`], which knows its sessions.",
    );
    text.line("#[derive(Clone, Debug, Default, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.block("pub struct Claims", |text| {
        for kind in &context.kinds {
            text.doc(&format!("What a session of the kind {} carries.", code(&kind.session.name)));
            text.line(format!("pub {}: Option<{}>,", kind.field(), kind.parameters_type()));
        }
    });
    for (index, (kinds, name)) in context.choices.iter().enumerate() {
        text.blank();
        text.doc(if index == 0 {
            "A session of any kind."
        } else {
            "A session of one of the kinds that some operations take."
        });
        text.line("#[derive(Clone, Debug, PartialEq)]");
        text.block(format!("pub enum {name}"), |text| {
            for kind in kinds.iter().map(|&kind| &context.kinds[kind]) {
                text.doc(&format!("Of the kind {}.", code(&kind.session.name)));
                text.line(format!("{}({}),", kind.variant(), kind.state()));
            }
        });
    }
    let name = any(context);
    for kind in &context.kinds {
        let (variant, state) = (kind.variant(), kind.state());
        text.blank();
        text.block(format!("impl From<{state}> for {name}"), |text| {
            text.line(format!("fn from(state: {state}) -> Self {{ Self::{variant}(state) }}"));
        });
        text.blank();
        text.block(format!("impl TryFrom<{name}> for {state}"), |text| {
            narrowed(text, &name, &[(kind, "Ok(state)".to_owned())], context.kinds.len());
        });
    }
    for (kinds, choice) in context.choices.iter().skip(1) {
        let kinds = kinds.iter().map(|&kind| &context.kinds[kind]);
        let kinds: Vec<_> =
            kinds.map(|kind| (kind, format!("Ok(Self::{}(state))", kind.variant()))).collect();
        text.blank();
        text.block(format!("impl TryFrom<{name}> for {choice}"), |text| {
            narrowed(text, &name, &kinds, context.kinds.len());
        });
    }
}

/// A session of some kinds from one of any kind.
fn narrowed(text: &mut Text, name: &str, kinds: &[(&SessionPlan<'_>, String)], all: usize) {
    text.line(format!("type Error = {name};"));
    text.blank();
    text.block(format!("fn try_from(session: {name}) -> Result<Self, {name}>"), |text| {
        text.block("match session", |text| {
            for (kind, value) in kinds {
                text.line(format!("{name}::{}(state) => {value},", kind.variant()));
            }
            if kinds.len() < all {
                text.line("other => Err(other),");
            }
        });
    });
}

/// The service's method that finds a session.
pub(super) fn declaration(text: &mut Text, context: &Context<'_>) {
    let [first, ..] = context.kinds.as_slice() else { return };
    let several = context.kinds.len() > 1;
    text.doc("The session that a call belongs to.");
    if several {
        text.doc(
            "\nIts kind is the one that the session was opened as, whatever else the call could be taken for: whether a call must be \
             signed depends on it.",
        );
    }
    text.doc("\n# Errors\n\nThe vendor's error for a session that does not exist or has expired.");
    let mut arguments = vec!["&self".to_owned()];
    arguments.push(if several {
        "claims: &Claims".to_owned()
    } else {
        format!("parameters: &{}", first.parameters_type())
    });
    if Provided::new(context.vendor).call {
        arguments.push("options: &CallOptions".to_owned());
    }
    let result = format!("impl Future<Output = Result<{}, Failure>> + Send", any(context));
    text.list("fn session", &List::call(arguments.into_iter().map(Item::Text)), &format!(" -> {result};"));
    text.blank();
}

/// How sessions are found: what a request says of its own, and what signs it.
pub(super) fn implementation(text: &mut Text, context: &Context<'_>) {
    let Some(first) = context.kinds.first() else { return };
    let several = context.kinds.len() > 1;
    let claims = if several { "Claims".to_owned() } else { first.parameters_type() };
    text.blank();
    text.block("impl<S: Service> ServeSessions<S> for Dispatch", |text| {
        text.line(format!("type Claims = {claims};"));
        text.line(format!("type Session = {};", any(context)));
        text.blank();
        text.block("fn claims(incoming: &Incoming) -> Result<Option<Self::Claims>, Rejection>", |text| {
            if several {
                let fields = context.kinds.iter().map(|kind| {
                    Item::from(format!("{}: incoming.claim(&{})?", kind.field(), kind.constant()))
                });
                text.list("let claims = Claims ", &List::literal(fields), ";");
                text.line("Ok((claims != Claims::default()).then_some(claims))");
            } else if optional(context) {
                text.line(format!("incoming.claim(&{})", first.constant()));
            } else {
                text.line("incoming.read().map(Some)");
            }
        });
        text.blank();
        let (argument, given) = if Provided::new(context.vendor).call {
            ("options: &CallOptions", ", options")
        } else {
            ("_: &Nothing", "")
        };
        let parameters = ["service: &S".to_owned(), format!("claims: &{claims}"), argument.to_owned()];
        let result = format!("impl Future<Output = Result<{}, Failure>> + Send", any(context));
        text.short_function("fn session", &parameters, &result, &format!("service.session(claims{given})"));
        fields(text, context);
    });
}

/// What the calls of a session are signed with.
fn fields(text: &mut Text, context: &Context<'_>) {
    if context.kinds.iter().all(|kind| kind.fields.is_empty()) {
        return;
    }
    let of = |kind: &SessionPlan<'_>, state: &str| {
        let fields = kind.fields.iter().map(|field| {
            let rust = &field.name.rust;
            if field.secret {
                format!("{state}.{rust}.expose().as_str()")
            } else {
                format!("{state}.{rust}.as_str()")
            }
        });
        let fields: Vec<String> = fields.collect();
        (!fields.is_empty()).then(|| format!("Some((&{}, vec![{}]))", kind.constant(), fields.join(", ")))
    };
    let name = any(context);
    text.blank();
    let result = "Option<(&'static SessionKind, Vec<&str>)>";
    let arguments = [format!("session: &{name}")];
    text.function("fn fields", &arguments, result, |text| {
        if let [only] = context.kinds.as_slice() {
            return text.line(of(only, "session").unwrap_or_else(|| "None".to_owned()));
        }
        text.block("match session", |text| {
            let mut without = Vec::new();
            for kind in &context.kinds {
                match of(kind, "state") {
                    Some(fields) => text.arm(&format!("{name}::{}(state)", kind.variant()), &fields),
                    None => without.push(format!("{name}::{}(_)", kind.variant())),
                }
            }
            if !without.is_empty() {
                text.alternatives(&without, "None");
            }
        });
    });
}
