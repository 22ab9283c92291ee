//! Sessions: that they are opened before they are needed.

use super::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Session, SessionField};

pub(super) fn check(cx: &Context<'_>) {
    let Some(session) = &cx.protocol().session else {
        for (_, operation) in cx.operations() {
            if let Some(span) = operation.session {
                cx.add(
                    Fault::new(
                        Code::SessionUnopened,
                        span,
                        format!("`{}` needs a session that nothing opens", operation.key.value),
                    )
                    .label("there is no `[session]`")
                    .expected("a table `[session]` in `protocol.toml` that says which operation opens it"),
                );
            }
        }
        return;
    };
    ends(cx, session);
    for field in &session.fields {
        words(cx, field);
    }
}

fn ends(cx: &Context<'_>, session: &Session<'_>) {
    if let Some(opens) = session.opens
        && let Some((_, _, operation)) = cx.scope.operation(opens.value)
        && let Some(needs) = operation.session
    {
        cx.add(
            Fault::new(Code::SessionUnopened, opens.span, "what opens the session needs one itself")
                .label("can never be called")
                .related(needs, "needs a session")
                .expected("an operation that can be called without a session"),
        );
    }
    if let Some(closes) = session.closes
        && let Some((_, _, operation)) = cx.scope.operation(closes.value)
        && operation.session.is_none()
    {
        cx.add(
            Fault::new(Code::Contradiction, closes.span, "what closes the session needs none")
                .label("closes it")
                .related(operation.key.span, "carries no session")
                .help("add `session = \"required\"` to the operation"),
        );
    }
}

fn words(cx: &Context<'_>, field: &SessionField<'_>) {
    match (&field.from, &field.hmac) {
        (None, None) => cx.add(
            Fault::new(
                Code::MissingKey,
                field.key.span,
                "a field of the session needs `from` or `hmac-sha256`",
            )
            .label("comes from nowhere")
            .expected("`from = \"data.…\"`, `from = \"request.…\"`, or `hmac-sha256 = [key, message]`"),
        ),
        (Some(from), Some(hmac)) => cx.add(
            Fault::new(Code::Contradiction, hmac.span, "a field of the session has one origin")
                .label("the second one")
                .related(from.span, "the first one")
                .expected("either `from` or `hmac-sha256`"),
        ),
        (Some(_), None) => {
            if let Some(encode) = field.encode {
                cx.add(
                    Fault::new(Code::Contradiction, encode.span, "what is copied is a text already")
                        .label("without meaning here")
                        .help("remove `encode`"),
                );
            }
        }
        (None, Some(_)) => {}
    }
}
