//! Parameters that the definition does not tell of, which must not be beside one that it tells of.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    Options,
    codec::general::query::Writer,
    describe::protocol::Operation,
    exchange::{
        additions::{self, Both},
        placed::placed,
    },
    wire::{Encoder, MemberLocation, Record, Shape, Value},
};

/// The first name in the rest of `own`, and in what was added, that the request has from elsewhere too, if there is one. `all` is everything that the
/// request carries among its parameters.
///
/// Sent twice it would mean whatever the vendor makes of that, and a name of a header's, a cookie's or a host's parameter would be
/// lost on a server.
pub(crate) fn already_there(
    operation: &'static Operation,
    own: &dyn Record,
    additions: Both<'_>,
    all: &str,
    options: &Options,
) -> Option<String> {
    let mut extra = Extra { options, writer: None };
    own.encode_fields(&mut extra);
    for (name, value) in additions::parameters(additions) {
        extra.writer().named(name, value);
    }
    let extra = extra.writer?.finish().ok()?;
    if extra.is_empty() {
        return None;
    }
    let elsewhere = placed(operation);
    let all = counted(all);
    let twice = |(name, count): &(Cow<'_, str>, usize)| {
        all.get(name.as_ref()).is_some_and(|all| all > count) || elsewhere.clone().any(|one| one.name == name)
    };
    counted(&extra).into_iter().find(twice).map(|(name, _)| name.into_owned())
}

/// How often each name is there.
fn counted(text: &str) -> BTreeMap<Cow<'_, str>, usize> {
    let mut counted = BTreeMap::new();
    for (name, _) in form_urlencoded::parse(text.as_bytes()) {
        *counted.entry(name).or_default() += 1;
    }
    counted
}

/// Writes what is in the rest of a record, and no other member.
struct Extra<'o> {
    options: &'o Options,
    /// There as soon as there is anything to write: hardly any call has such.
    writer: Option<Writer>,
}

impl Extra<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writer.get_or_insert_with(|| Writer::parameters(self.options))
    }
}

impl Encoder for Extra<'_> {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        for (member, value) in shape.members().zip(values) {
            if member.place() == MemberLocation::Rest {
                self.writer().put(member, *value);
            }
        }
    }
}
