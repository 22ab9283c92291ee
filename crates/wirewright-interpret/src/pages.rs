//! Paginated operations, on the side of who answers them.

use std::borrow::Cow;

use wirewright::{testing::Sample, wire::Document};
use wirewright_codegen::{
    model::{Last, MemberPath, Next, Pagination, TypeKind},
    plan::members::optional,
};

use crate::{
    definition::{Definition, OperationType},
    kind::Kind,
    outcome::{Answer, Enveloped},
    paging::MORE,
    samples::sample,
    value::{DynamicList, DynamicRecord, DynamicUnion, DynamicValue},
};

impl Definition {
    /// Whether the request itself asks for another page than the first one. `None`: it cannot tell, as the next page is at another URL,
    /// or the operation is not paginated. Where every request has all that tells, it asks for a later page that asks for the one behind
    /// `answer`.
    pub fn asks_for_later_page(
        &self,
        operation: &OperationType,
        request: &DynamicRecord,
        answer: &Answer,
    ) -> Option<bool> {
        let pagination = operation.model().pagination.as_ref()?;
        let model = operation.model();
        let members: Vec<_> = match &pagination.next {
            Next::Url { .. } => return None,
            Next::Parameters(pairs) => {
                pairs.iter().filter_map(|(to, from)| Some((model.request.get(*to)?, from))).collect()
            }
            Next::Further(_) => {
                let more = request.member(MORE).and_then(DynamicValue::present);
                return Some(matches!(more, Some(DynamicValue::Document(more)) if *more != Document::Null));
            }
            Next::Page { parameter, first, .. } | Next::Offset { parameter, first, .. } => {
                let parameter = model.request.get(*parameter)?;
                return Some(
                    request
                        .member(&parameter.name.rust)
                        .and_then(DynamicValue::integer)
                        .is_some_and(|now| now > *first),
                );
            }
        };
        let mut telling = members.iter().filter(|(to, _)| optional(to)).peekable();
        if telling.peek().is_some() {
            return Some(
                telling.any(|(to, _)| request.member(&to.name.rust).is_some_and(|value| !value.is_absent())),
            );
        }
        let Answer::Enveloped(answer) = answer else { return None };
        let data = answer.data()?;
        Some(members.iter().all(|(to, from)| {
            let asked = request.member(&to.name.rust).and_then(DynamicValue::text);
            asked.is_some() && asked == data.at(from.rust()).and_then(DynamicValue::text)
        }))
    }

    /// Makes an answer the last page, where its operation is paginated: whoever asks for pages asks no more.
    pub fn make_last_page(&self, operation: &OperationType, answer: &mut Answer) {
        if let (Some(pagination), Answer::Enveloped(answer)) = (&operation.model().pagination, answer) {
            self.end(pagination, answer);
        }
    }

    fn end(&self, pagination: &Pagination, answer: &mut Enveloped) {
        let Some(data) = answer.data_mut() else { return };
        if let Some(last) = &pagination.last
            && let Some(DynamicValue::List(items)) = data.at_mut(pagination.items.rust()).and_then(there)
        {
            return self.add_last(last, items);
        }
        let nexts: Vec<&MemberPath> = match &pagination.next {
            Next::Url { member, .. } | Next::Further(member) => vec![member],
            Next::Parameters(pairs) => pairs.iter().map(|(_, from)| from).collect(),
            Next::Page { .. } | Next::Offset { .. } => Vec::new(),
        };
        // What is promised stays: then a page without items is the last one.
        let until_empty = pagination.until_empty || pagination.next.is_counted();
        let items = until_empty.then_some(&pagination.items);
        for path in nexts.into_iter().chain(items) {
            if let Some(place) = data.at_mut(path.rust()) {
                place.clear();
            }
        }
    }

    /// Makes the only item the one that is the last.
    fn add_last(&self, last: &Last, items: &mut DynamicList) {
        let mut item = items.items.pop().unwrap_or_else(|| match items.of {
            Kind::Record(of) => DynamicValue::Record(Box::new(sample(of, Sample::Full))),
            of => DynamicValue::empty(of),
        });
        let place = match (&last.member, &mut item) {
            (Some(member), DynamicValue::Record(record)) => record.member_mut(&member.name.rust),
            (Some(_), _) => None,
            (None, item) => Some(item),
        };
        if let Some(place) = place {
            self.set_last(last, place);
        }
        items.items = vec![item];
    }

    fn set_last(&self, last: &Last, place: &mut DynamicValue) {
        let Some(described) = self.vendor().types.get(last.kind) else { return };
        match (&described.kind, place) {
            (_, DynamicValue::Optional(option)) => {
                let mut inside = Box::new(DynamicValue::empty(option.of));
                self.set_last(last, &mut inside);
                option.value = Some(inside);
            }
            (TypeKind::Enumeration { values, .. }, place) => {
                if let Some(value) = values.get(last.value) {
                    // One of its own texts.
                    let _ = place.set_text(&value.name.wire);
                }
            }
            (TypeKind::Union { .. }, DynamicValue::Union(union)) => {
                let Some((tag, content)) = union.of.variants().get(last.value).copied() else { return };
                let payload = content.map(|content| match content {
                    Kind::Record(of) => DynamicValue::Record(Box::new(sample(of, Sample::Full))),
                    other => DynamicValue::empty(other),
                });
                **union = DynamicUnion { of: union.of, tag: Cow::Borrowed(tag), payload };
            }
            _ => {}
        }
    }
}

/// The value that is there.
fn there(value: &mut DynamicValue) -> Option<&mut DynamicValue> {
    match value {
        DynamicValue::Optional(option) => option.value.as_deref_mut().and_then(there),
        value => Some(value),
    }
}
