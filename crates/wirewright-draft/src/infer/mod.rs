//! From exchanges to what a definition says of them, step by step.

mod attributes;
pub(crate) mod echo;
pub(crate) mod envelope;
pub(crate) mod errors;
pub(crate) mod failures;
pub(crate) mod fault;
mod ground;
pub(crate) mod headers;
mod inferred;
pub(crate) mod numbered;
pub(crate) mod operations;
pub(crate) mod paging;
pub(crate) mod parameters;
mod places;
pub(crate) mod promises;
pub(crate) mod replies;
pub(crate) mod roles;
pub(crate) mod roots;
pub(crate) mod sample;
mod selectors;
pub(crate) mod session;

pub(crate) use self::inferred::Inferred;
use self::sample::Sample;
use crate::{answers::Answers, exchange::Exchange, members::Drafting, page::Page};

/// What there is to infer from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Material {
    pub(crate) exchanges: Vec<Exchange>,
    /// Pages, each with its exchanges, which are among the others as well, and its file.
    pub(crate) pages: Vec<(Page, Vec<Exchange>, String)>,
}

/// Infers what there is to infer, beside what somebody said.
pub(crate) fn infer(material: Material, answers: &Answers) -> Inferred {
    let mut notes = Vec::new();
    let mut samples: Vec<Sample> = material.exchanges.into_iter().map(Sample::new).collect();
    let mut addresses = operations::find(&mut samples, &mut notes);
    let mut formats = roots::find(&mut samples, &mut addresses.operations, &mut notes);
    let unshown = attributes::unshown(&samples, &formats);
    let said = answers.known_attributes();
    if said.is_some() {
        formats.add_xml();
    }
    let verdict = failures::find(&mut samples, &formats, &mut notes);
    let echo = echo::find(&samples);
    let mut drafting = Drafting { has_xml: formats.words.contains_key("xml"), ..Drafting::default() };
    drafting.attributes = attributes::shown(&samples);
    drafting.said_attributes = attributes::said(said, &unshown);
    let ground = ground::Ground {
        samples: &samples,
        operations: &addresses.operations,
        formats: &formats,
        verdict: &verdict,
        echo: echo.as_ref(),
    };
    let envelope = envelope::find(&ground, &mut drafting, &mut notes);
    let errors = errors::find(&mut samples, &envelope);
    let given = session::answered(
        session::given(&samples, &addresses.operations),
        answers,
        &addresses.operations,
        &envelope,
    );
    let ground = parameters::Ground {
        samples: &samples,
        addresses: &addresses,
        echo: echo.as_ref(),
        given: &given,
        said: answers.common.as_deref(),
    };
    let common = parameters::find(&ground, &mut drafting);
    let stated = promises::find(&samples, &material.pages);
    let mut inferred = Inferred {
        samples,
        addresses,
        formats,
        envelope,
        errors,
        given,
        common,
        drafting,
        stated,
        unshown,
        attributes_are_said: said.is_some(),
        notes,
    };
    promises::errors(&mut inferred);
    promises::common(&mut inferred);
    promises::envelope(&mut inferred);
    errors::settle(&mut inferred.envelope, errors::are_numbers(&inferred.errors));
    inferred
}
