//! The sessions' part of the server side: which session a call belongs to, and that it is signed.

use super::{
    kinds::Kind,
    names::Context,
    parameters::Provided,
    prose::code,
    text::{Item, List, Text},
};
use crate::model::Operation;

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
    let state = || context.kinds.first().map_or_else(String::new, Kind::state);
    context.choices.of(&all).map_or_else(state, str::to_owned)
}

/// What a handler gets beside the request.
pub(super) fn argument(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let inner = match operation.sessions.as_slice() {
        [] => return None,
        [one] => context.kinds[*one].state(),
        several => context.choices.of(several)?.to_owned(),
    };
    Some(format!("session: {}", option(&inner, operation.sessionless)))
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
    for kind in &context.kinds {
        let (name, variant, state) = (any(context), kind.variant(), kind.state());
        text.blank();
        text.block(format!("impl From<{state}> for {name}"), |text| {
            text.block(format!("fn from(state: {state}) -> Self"), |text| {
                text.line(format!("Self::{variant}(state)"));
            });
        });
    }
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
    if Provided::new(context).call {
        arguments.push("options: &CallOptions".to_owned());
    }
    let result = format!("impl Future<Output = Result<{}, Failure>> + Send", any(context));
    text.declaration("fn session", &arguments, &result);
    text.blank();
}

/// Finds the session of a call before its handler is asked.
pub(super) fn lookup(text: &mut Text, context: &Context<'_>, operation: &Operation) {
    let options = if Provided::new(context).call { ", &received.options" } else { "" };
    text.line(format!("let session = match session(service, incoming{options}).await {{"));
    text.indented(|text| {
        let may_be_none = optional(context);
        let all = operation.sessions.len() == context.kinds.len();
        let some =
            |session: &str, there: bool| if there { format!("Some({session})") } else { session.to_owned() };
        if all && may_be_none == operation.sessionless {
            text.line("Ok(session) => session,");
        } else if all {
            text.line("Ok(Some(session)) => session,");
        } else {
            let (any, choice) = (any(context), context.choices.of(&operation.sessions));
            for variant in operation.sessions.iter().map(|&kind| context.kinds[kind].variant()) {
                let found = some(&format!("{any}::{variant}(session)"), may_be_none);
                let given =
                    choice.map_or_else(|| "session".to_owned(), |name| format!("{name}::{variant}(session)"));
                text.arm(&format!("Ok({found})"), &some(&given, operation.sessionless));
            }
            if operation.sessionless {
                text.line("Ok(None) => None,");
            }
        }
        if !all || may_be_none != operation.sessionless {
            // Of a kind that the operation does not take, or none.
            text.arm(
                "Ok(_)",
                "return refuse(service, incoming, &Rejection::new(ServerCondition::SessionUnknown))",
            );
        }
        text.line("Err(response) => return response,");
    });
    text.line("};");
}

/// The function that finds the session of a call and checks the signature; `fail` writes a failure.
pub(super) fn helper(text: &mut Text, context: &Context<'_>, fail: &str) {
    let called = context.operations.iter().any(|named| !named.operation.sessions.is_empty());
    let Some(first) = context.kinds.first().filter(|_| called) else { return };
    let optional = optional(context);
    let options = Provided::new(context).call;
    text.doc(match (context.kinds.iter().any(|kind| kind.key.is_some()), optional) {
        (true, false) => "The session of a call, and its signature checked.",
        (true, true) => "The session of a call, if it has one, and its signature checked.",
        (false, false) => "The session of a call.",
        (false, true) => "The session of a call, if it has one.",
    });
    let mut arguments = vec!["service: &S".to_owned(), "incoming: &Incoming".to_owned()];
    if options {
        arguments.push("options: &CallOptions".to_owned());
    }
    let result = format!("Result<{}, http::Response<Vec<u8>>>", option(&any(context), optional));
    text.function("async fn session<S: Service>", &arguments, &result, |text| {
        text.line("let refuse_call = |refused: Rejection| refuse(service, incoming, &refused);");
        let claimed = if context.kinds.len() > 1 {
            claims(text, context, optional);
            "claims"
        } else {
            parameters(text, first, optional);
            "parameters"
        };
        let options = if options { ", options" } else { "" };
        text.line(format!("let session = service.session(&{claimed}{options}).await;"));
        text.line(format!("let session = session.map_err(|failure| {fail}(incoming, failure))?;"));
        verify(text, context);
        text.line(if optional { "Ok(Some(session))" } else { "Ok(session)" });
    });
    text.blank();
}

/// Reads what the calls of the only kind carry.
fn parameters(text: &mut Text, kind: &Kind<'_>, optional: bool) {
    let (carried, constant) = (kind.parameters_type(), kind.constant());
    if !optional {
        return text.line(format!("let parameters: {carried} = incoming.read().map_err(refuse_call)?;"));
    }
    text.line(format!("let claim = incoming.claim::<{carried}>(&{constant}).map_err(refuse_call)?;"));
    text.line("let Some(parameters) = claim else {");
    text.indented(|text| {
        text.line("incoming.without_session().map_err(refuse_call)?;");
        text.line("return Ok(None);");
    });
    text.line("};");
}

/// Reads what the calls of each kind carry.
fn claims(text: &mut Text, context: &Context<'_>, optional: bool) {
    let fields = context.kinds.iter().map(|kind| {
        Item::from(format!("{}: incoming.claim(&{}).map_err(refuse_call)?", kind.field(), kind.constant()))
    });
    text.list("let claims = Claims ", &List::literal(fields), ";");
    text.block("if claims == Claims::default()", |text| {
        text.line("incoming.without_session().map_err(refuse_call)?;");
        if optional {
            text.line("return Ok(None);");
        }
    });
}

/// Checks the signature where the session's kind has a key.
fn verify(text: &mut Text, context: &Context<'_>) {
    let check = |kind: &Kind<'_>, state: &str| {
        let key = kind.key?;
        let key = if key.secret {
            format!("{state}.{}.expose()", key.name.rust)
        } else {
            format!("&{state}.{}", key.name.rust)
        };
        Some(format!("incoming.verify({key}).map_err(refuse_call)?"))
    };
    if let [only] = context.kinds.as_slice() {
        if let Some(check) = check(only, "session") {
            text.line(check + ";");
        }
        return;
    }
    if context.kinds.iter().all(|kind| kind.key.is_none()) {
        return;
    }
    let name = any(context);
    text.block("match &session", |text| {
        let mut unkeyed = Vec::new();
        for kind in &context.kinds {
            match check(kind, "state") {
                Some(check) => text.arm(&format!("{name}::{}(state)", kind.variant()), &check),
                None => unkeyed.push(format!("{name}::{}(_)", kind.variant())),
            }
        }
        if !unkeyed.is_empty() {
            text.alternatives(&unkeyed, "{}");
        }
    });
}
