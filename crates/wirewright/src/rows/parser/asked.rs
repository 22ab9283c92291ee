//! What a request says of the reply that it asks for.

use crate::{
    Format,
    wire::{Encoder, Record, Shape, Value},
};

/// The text of a member that `path` leads to, by its names in XML. `None`: there is none.
pub(super) fn text(request: &dyn Record, path: &'static [&'static str]) -> Option<String> {
    let mut member = Member { path, text: None };
    request.encode_fields(&mut member);
    member.text
}

struct Member {
    path: &'static [&'static str],
    text: Option<String>,
}

impl Encoder for Member {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        let Some((name, below)) = self.path.split_first() else { return };
        let named = shape.members().zip(values).filter(|(member, _)| member.name(Format::Xml) == *name);
        self.text = named.into_iter().find_map(|(_, value)| match value {
            Value::Record(inner) => text(*inner, below),
            Value::Str(text) if below.is_empty() => Some((*text).to_owned()),
            Value::Text(text) if below.is_empty() => text.written().map(Into::into),
            _ => None,
        });
    }
}
