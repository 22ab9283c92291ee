//! Which credentials a client has.

use zeroize::Zeroizing;

use crate::{
    describe::{
        credentials::{Alternatives, parameters},
        protocol::{Operation, ParameterSource},
    },
    exchange::{computed::member_text, request_error::RequestError},
    wire::Record,
};

/// The kind of credentials of which the client has all, and of other kinds nothing; `None` where a vendor takes one kind only.
pub(crate) fn of_client(
    operation: &'static Operation,
    client: &dyn Record,
) -> Result<Option<&'static str>, RequestError> {
    let given: Vec<_> = parameters(operation.protocol)
        .filter_map(|parameter| match parameter.source {
            ParameterSource::Client(member) => {
                let text = member_text(operation, client, member).map(Zeroizing::new);
                Some((parameter, text.is_some()))
            }
            _ => None,
        })
        .collect();
    if given.is_empty() {
        return Ok(None);
    }
    let has =
        |kind: &&str| given.iter().all(|(parameter, given)| *given == parameter.credentials.contains(kind));
    let kind = operation.protocol.credentials().into_iter().find(has);
    kind.map(Some).ok_or(RequestError::Credentials {
        operation: operation.name,
        alternatives: Alternatives(operation.protocol),
    })
}
