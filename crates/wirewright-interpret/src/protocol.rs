//! What all operations share, as the runtime describes it.

use http::Method;
use wirewright::sign::{Computation, Compute};
use wirewright::{
    Format,
    describe::{
        AutoFill, FormatDescription, Groups, MethodDescription, ParameterDescription, ParameterLocation,
        ParameterSource, Placement, Protocol, SessionKind,
    },
};
use wirewright_codegen::{
    model::{self, FormatKind, From, Member, Vendor},
    plan::{body::media_type, computed::ComputedPlan, kinds::SessionPlan},
};

use crate::{epoch::epoch, leak};

/// The runtime's name of a format.
pub(crate) const fn format(kind: FormatKind) -> Format {
    match kind {
        FormatKind::Xml => Format::Xml,
        FormatKind::Json => Format::Json,
        FormatKind::Query => Format::Query,
    }
}

/// A way to send a request.
pub(crate) const fn method(method: model::Method) -> MethodDescription {
    MethodDescription {
        method: match method.verb {
            model::HttpMethod::Get => Method::GET,
            model::HttpMethod::Post => Method::POST,
            model::HttpMethod::Put => Method::PUT,
            model::HttpMethod::Delete => Method::DELETE,
        },
        placement: match method.placement {
            model::Placement::Query => Placement::Query,
            model::Placement::Form => Placement::Form,
            model::Placement::FormOrQuery => Placement::FormOrQuery,
        },
    }
}

/// Where requests carry a parameter.
pub(crate) fn location(location: &'static model::ParameterLocation) -> ParameterLocation {
    match location {
        model::ParameterLocation::Parameters => ParameterLocation::Parameters,
        model::ParameterLocation::Header(prefix) => ParameterLocation::Header { prefix },
        model::ParameterLocation::Headers => ParameterLocation::Headers,
        model::ParameterLocation::Cookies => ParameterLocation::Cookies,
        model::ParameterLocation::Cookie => ParameterLocation::Cookie,
        model::ParameterLocation::Path => ParameterLocation::Path,
        model::ParameterLocation::Host => ParameterLocation::Host,
        model::ParameterLocation::Computed => ParameterLocation::Computed,
    }
}

/// What the call fills a parameter in with.
pub(crate) fn auto_fill(member: &'static Member) -> AutoFill {
    match &member.filled {
        Some(model::AutoFill::Milliseconds) => AutoFill::Milliseconds,
        Some(model::AutoFill::DateTime(format)) => AutoFill::DateTime(format),
        Some(model::AutoFill::Epoch(counted)) => AutoFill::Epoch(epoch(*counted)),
        Some(model::AutoFill::Nonce) => AutoFill::Nonce,
        Some(model::AutoFill::Seconds) | None => AutoFill::Seconds,
    }
}

/// A parameter's name in a query string.
pub(crate) fn in_query(member: &Member) -> &str {
    member.query.as_ref().unwrap_or(&member.name.wire)
}

/// The protocol of a vendor.
pub(crate) fn protocol(
    vendor: &'static Vendor,
    plan: &ComputedPlan<'static>,
    computed: Option<&'static Computation>,
) -> &'static Protocol {
    leak::one(Protocol {
        title: &vendor.title,
        endpoint: &vendor.endpoint,
        charset: vendor.charset.as_deref(),
        formats: leak::list(vendor.formats.iter().map(|described| FormatDescription {
            format: format(described.kind),
            value: described.value.as_deref(),
            also: names(&described.also),
            declaration: described.declaration,
            media_type: media_type(described),
            nested: described.nested.as_deref().unwrap_or("."),
            lines: described.lines,
        })),
        parameters: leak::list(parameters(vendor, plan)),
        code_header: vendor.envelope.code_header.as_deref(),
        computation: computed.map(|computed| computed as &dyn Compute),
    })
}

fn parameters(vendor: &'static Vendor, plan: &ComputedPlan<'static>) -> Vec<ParameterDescription> {
    let (mut client, mut options) = (0.., 0..);
    let parameters = vendor.parameters.iter().enumerate().map(|(index, parameter)| {
        let source = match &parameter.from {
            From::Request => ParameterSource::Request,
            From::Client(_) => ParameterSource::Client(client.next().unwrap_or_default()),
            From::Call(member) => {
                let index = options.next().unwrap_or_default();
                match member.filled {
                    Some(_) => ParameterSource::AutoFilled {
                        member: index,
                        required: member.required,
                        with: auto_fill(member),
                    },
                    None if parameter.request_id => ParameterSource::RequestId(index),
                    None => ParameterSource::Options(index),
                }
            }
            From::Again(client) => ParameterSource::Client(*client),
            From::Session(_) => ParameterSource::Session,
            From::Format => ParameterSource::Format,
            From::Callback => ParameterSource::Callback,
            From::Operation => ParameterSource::Operation,
            From::Computed(_) => ParameterSource::Computed(plan.index(index)),
            From::Constant(value) => ParameterSource::Constant(value),
        };
        let (name, also): (_, &[String]) = match &parameter.from {
            From::Request => ("", &[]),
            From::Client(member) | From::Call(member) => (in_query(member), &member.also),
            _ => (&parameter.name.wire, &[]),
        };
        let default = parameter.default.as_deref();
        let secret = match &parameter.from {
            From::Client(member) => member.secret && parameter.location == model::ParameterLocation::Computed,
            _ => false,
        };
        // No request carries it, so that a server reads none.
        let unsent = matches!(&parameter.from, From::Client(member) if secret && member.required);
        ParameterDescription {
            name,
            also: names(also),
            source,
            groups: match &parameter.groups {
                model::Groups::All => Groups::All,
                model::Groups::Only(groups) => Groups::Only(names(groups)),
                model::Groups::Except(groups) => Groups::Except(names(groups)),
            },
            credentials: names(&parameter.credentials),
            location: location(&parameter.location),
            default: default
                .filter(|_| matches!(parameter.from, From::Format | From::Constant(_) | From::Again(_)))
                .or(unsent.then_some("")),
            secret,
            accepts: names(&parameter.accepts),
        }
    });
    parameters.collect()
}

fn names(names: &'static [String]) -> &'static [&'static str] {
    leak::list(names.iter().map(String::as_str))
}

/// The kinds of session, in the order of the definition.
pub(crate) fn session_kinds(plans: &[SessionPlan<'static>]) -> Vec<&'static SessionKind> {
    let kinds = plans.iter().map(|plan| {
        leak::one(SessionKind {
            name: &plan.session.name,
            parameters: leak::texts(plan.members.iter().map(|member| member.name.wire.as_str())),
            fields: leak::texts(plan.fields.iter().map(|field| field.name.wire.as_str())),
            keyed: plan.keyed,
        })
    });
    kinds.collect()
}
