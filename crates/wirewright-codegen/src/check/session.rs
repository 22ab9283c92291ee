//! Sessions: that they are opened before they are needed.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{NONE, Operation, Session};
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    let sessions = &cx.protocol().sessions;
    if sessions.is_empty() {
        return nothing_opens(cx);
    }
    let openable = openable(cx);
    for (session, openable) in sessions.iter().zip(openable) {
        if !openable {
            never_opened(cx, session);
        }
        closing(cx, session);
    }
}

fn nothing_opens(cx: &Context<'_>) {
    for (_, operation) in cx.operations() {
        let needs = operation.session.iter().flat_map(|said| &said.value).find(|text| text.value != NONE);
        if let Some(needs) = needs {
            cx.add(
                Fault::new(
                    Code::SessionUnopened,
                    needs.span,
                    format!("`{}` needs a session that nothing opens", operation.key.value),
                )
                .label("there is no `[session]`")
                .expected("a table `[session]` in `protocol.toml` that says which operation opens it"),
            );
        }
    }
}

fn operation<'a>(cx: &Context<'a>, named: Option<Text<'_>>) -> Option<&'a Operation<'a>> {
    cx.scope.operation(named?.value).map(|(_, _, operation)| operation)
}

/// Which sessions can be opened from nothing: their opening operations need no session, or one that can be opened.
fn openable(cx: &Context<'_>) -> Vec<bool> {
    let sessions = &cx.protocol().sessions;
    let mut open = vec![false; sessions.len()];
    loop {
        let can = |session: &Session<'_>| {
            // An operation that is not there has been reported.
            operation(cx, session.opens).is_none_or(|opens| {
                let mut taken = sessions.iter().zip(&open).filter(|(taken, _)| opens.takes(taken).is_some());
                opens.sessionless() || taken.any(|(_, open)| *open)
            })
        };
        let next: Vec<bool> = sessions.iter().map(can).collect();
        if next == open {
            return open;
        }
        open = next;
    }
}

fn never_opened(cx: &Context<'_>, session: &Session<'_>) {
    let (Some(opens), Some(needs)) =
        (session.opens, operation(cx, session.opens).and_then(|opens| opens.session.as_ref()))
    else {
        return;
    };
    // An empty list, and what names no kind of session, have been reported.
    let known = |text: &Text<'_>| cx.protocol().sessions.iter().any(|known| known.word() == text.value);
    if needs.value.is_empty() || !needs.value.iter().all(known) {
        return;
    }
    let fault = if needs.value.iter().any(|text| text.value == session.word()) {
        Fault::new(Code::SessionUnopened, opens.span, "what opens the session needs one itself")
            .label("can never be called")
            .related(needs.span, "needs a session")
    } else {
        Fault::new(Code::SessionUnopened, opens.span, "what opens the session needs one that is never open")
            .label("can never be called")
            .related(needs.span, "needs sessions that need this one")
    };
    cx.add(fault.expected("an operation that can be called without a session, or in one that can be opened"));
}

fn closing(cx: &Context<'_>, session: &Session<'_>) {
    if let Some(closes) = session.closes
        && let Some(operation) = operation(cx, session.closes)
        && operation.takes(session).is_none()
    {
        let (message, label) = if session.key.is_none() {
            ("what closes the session needs none", "carries no session")
        } else {
            ("what closes the session is no call of it", "is not called with it")
        };
        cx.add(
            Fault::new(Code::SessionLife, closes.span, message)
                .label("closes it")
                .related(operation.key.span, label)
                .help(format!("add `session = \"{}\"` to the operation", session.word())),
        );
    }
}
