//! From exchanges to what a definition says of them, step by step.

pub(crate) mod echo;
pub(crate) mod envelope;
pub(crate) mod errors;
pub(crate) mod failures;
pub(crate) mod fault;
mod ground;
mod inferred;
pub(crate) mod numbered;
pub(crate) mod operations;
pub(crate) mod parameters;
mod places;
pub(crate) mod promises;
pub(crate) mod replies;
pub(crate) mod roles;
pub(crate) mod roots;
pub(crate) mod sample;
pub(crate) mod session;

pub(crate) use self::inferred::Inferred;
use self::sample::Sample;
use crate::{
    answers::Answers,
    exchange::Exchange,
    members::Drafting,
    page::Page,
    tree::{Node, Place},
};

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
    let formats = roots::find(&mut samples, &mut addresses.operations, &mut notes);
    let verdict = failures::find(&mut samples, &formats, &mut notes);
    let echo = echo::find(&samples);
    let mut drafting = Drafting { has_xml: formats.words.contains_key("xml"), ..Drafting::default() };
    attributes(&samples, &mut drafting);
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
    let mut inferred =
        Inferred { samples, addresses, formats, envelope, errors, given, common, drafting, stated, notes };
    promises::errors(&mut inferred);
    promises::common(&mut inferred);
    promises::envelope(&mut inferred);
    errors::settle(&mut inferred.envelope, errors::are_numbers(&inferred.errors));
    inferred
}

/// Which names are attributes wherever XML shows them.
fn attributes(samples: &[Sample], drafting: &mut Drafting) {
    let mut elements = std::collections::HashSet::new();
    let mut found = std::collections::HashSet::new();
    for (_, document) in samples.iter().flat_map(|one| &one.documents) {
        walk(&document.node, &mut |name, place| match place {
            Place::Attribute => drop(found.insert(name.to_owned())),
            Place::Element => drop(elements.insert(name.to_owned())),
            _ => {}
        });
    }
    drafting.attributes = found.difference(&elements).cloned().collect();
}

fn walk<'n>(node: &'n Node, each: &mut impl FnMut(&'n str, Place)) {
    match node {
        Node::Object(fields) => {
            for field in fields {
                each(&field.name, field.place);
                walk(&field.node, each);
            }
        }
        Node::List(nodes) | Node::Repeated(nodes) => nodes.iter().for_each(|node| walk(node, each)),
        Node::Null | Node::Scalar(..) => {}
    }
}
