//! Which members are attributes in XML: as samples show them, and as somebody said of those that none shows.

use std::collections::HashSet;

use indexmap::IndexSet;
use wirewright_codegen::model::FormatKind;

use super::{roots::Formats, sample::Sample};
use crate::{
    answers::Answers,
    tree::{Node, Place, TEXT},
};

/// The names that are attributes wherever XML shows them.
pub(super) fn shown(samples: &[Sample]) -> HashSet<String> {
    let (mut elements, mut found) = (HashSet::new(), HashSet::new());
    for (_, document) in samples.iter().flat_map(|one| &one.documents) {
        walk(&document.node, &mut |name, place, _| match place {
            Place::Attribute => drop(found.insert(name)),
            Place::Element => drop(elements.insert(name)),
            _ => {}
        });
    }
    found.difference(&elements).map(|name| (*name).to_owned()).collect()
}

/// The members with one value in the replies of calls that answered in JSON and never in XML, where XML does not show their names elsewhere.
pub(super) fn unshown(samples: &[Sample], formats: &Formats) -> Vec<String> {
    if !formats.words.contains_key("json") {
        return Vec::new();
    }
    let has =
        |sample: &Sample, format: FormatKind| sample.exchange.replies.iter().any(|(own, _)| *own == format);
    let in_xml: HashSet<usize> =
        samples.iter().filter(|one| has(one, FormatKind::Xml)).map(|one| one.operation).collect();
    let mut names: IndexSet<&str> = IndexSet::new();
    let mut known: HashSet<&str> = HashSet::new();
    for sample in samples {
        for (format, document) in &sample.documents {
            walk(&document.node, &mut |name, _, node| {
                if *format == FormatKind::Xml {
                    known.insert(name);
                } else if *format == FormatKind::Json
                    && !in_xml.contains(&sample.operation)
                    && matches!(node, Node::Scalar(..))
                    && name != TEXT
                {
                    names.insert(name);
                }
            });
        }
    }
    names.into_iter().filter(|name| !known.contains(name)).map(str::to_owned).collect()
}

/// Those of them that somebody said are attributes.
pub(super) fn said(said: Option<&[String]>, unshown: &[String]) -> HashSet<String> {
    let said = said.unwrap_or_default();
    let all = said.iter().any(|name| name == Answers::ALL);
    unshown.iter().filter(|name| all || said.contains(name)).cloned().collect()
}

fn walk<'n>(node: &'n Node, each: &mut impl FnMut(&'n str, Place, &'n Node)) {
    match node {
        Node::Object(fields) => {
            for field in fields {
                each(&field.name, field.place, &field.node);
                walk(&field.node, each);
            }
        }
        Node::List(nodes) | Node::Repeated(nodes) => nodes.iter().for_each(|node| walk(node, each)),
        Node::Null | Node::Scalar(..) => {}
    }
}
