//! Samples of what a client is made with.

use super::{Sample, sample};
use crate::{
    Format, Options,
    describe::{credentials::parameters, protocol::Protocol},
    from_str_with, to_string_with,
    wire::OwnedMessage,
};

/// A sample of the client's parameters, with the credentials of one kind: what is required with the first one, and everything with the last.
///
/// # Panics
///
/// When a sample cannot be written in the names of the parameters, which are those of the vendor's `protocol`.
pub fn sample_client<C: OwnedMessage>(protocol: &'static Protocol, kind: Sample) -> C {
    let kinds = protocol.credentials();
    let chosen = if kind == Sample::Minimal { kinds.first() } else { kinds.last() };
    let Some(chosen) = chosen else { return sample(kind) };
    let written = |kind: Sample| {
        to_string_with(Format::Query, &sample::<C>(kind), &Options::new()).expect("a sample can be written")
    };
    let (some, all) = (written(kind), written(Sample::Full));
    let of_kinds = |name: &str| parameters(protocol).find(|one| one.name == name);
    let some = form_urlencoded::parse(some.as_bytes()).filter(|(name, _)| of_kinds(name).is_none());
    let all = form_urlencoded::parse(all.as_bytes())
        .filter(|(name, _)| of_kinds(name).is_some_and(|one| one.credentials.contains(chosen)));
    let pairs = form_urlencoded::Serializer::new(String::new()).extend_pairs(some).extend_pairs(all).finish();
    from_str_with(Format::Query, &pairs, &Options::new()).expect("a sample can be read")
}
