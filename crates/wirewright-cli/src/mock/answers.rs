//! What a mock answers with: what the vendor's pages show, or samples.

use wirewright::{Format, Limits, exchange::RawReply, sign::ReplyKeys};
use wirewright_codegen::model::{ExampleReply, FormatKind};
use wirewright_interpret::{Answer, Definition, OperationType, printed_reply};

use super::bodies;

/// An answer as it is printed: the first example of a success, in the format of the call if there is one, or a sample. A redirect
/// leads to `origin`.
pub(super) fn answer(
    definition: &Definition,
    operation: &OperationType,
    format: Format,
    origin: &str,
) -> Answer {
    if let Some(raw) = operation.raw() {
        let media_type = raw.media_types.first().copied().unwrap_or("application/octet-stream");
        return Answer::Raw(match raw.statuses.first() {
            Some(300..400) => RawReply::redirect(origin),
            _ => RawReply::new(media_type, bodies::of(media_type)),
        });
    }
    let examples = operation.model().examples.iter().filter(|example| example.error.is_none());
    let replies = examples.flat_map(|example| &example.replies).filter(|reply| reply.fails.is_none());
    let (asked, others): (Vec<&ExampleReply>, Vec<&ExampleReply>) =
        replies.partition(|reply| described(reply) == format);
    let printed = asked.into_iter().chain(others).find_map(|reply| {
        let response = ReplyKeys::unchecked(printed_reply(reply)?);
        definition.read_reply(operation, response, described(reply), &Limits::new()).ok()
    });
    printed.unwrap_or_else(|| Answer::Enveloped(definition.plausible_answer(operation)))
}

/// The format of a printed reply.
const fn described(reply: &ExampleReply) -> Format {
    match reply.format {
        FormatKind::Xml => Format::Xml,
        FormatKind::Json => Format::Json,
        FormatKind::Query => Format::Query,
    }
}
