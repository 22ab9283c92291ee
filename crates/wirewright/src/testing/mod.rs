//! Messages made from their own description, for tests.
//!
//! [`sample`] makes the same readable message every time, for snapshots. [`arbitrary`] makes one from bytes, for properties and
//! fuzzing; whatever it makes can be written in every format and is read back as it was.

mod calls;
mod client;
mod examples;
mod maker;
mod raw;
#[cfg(feature = "rows")]
mod rows;
mod session;
mod shown;
mod signed;
mod texts;

use std::fmt::Debug;

use self::maker::Maker;
#[cfg(feature = "rows")]
pub use self::rows::streamed;
pub use self::{
    calls::exchange,
    client::sample_client,
    examples::{
        ExampleRequest, Expected, PrintedRequest, example_reply, example_reply_with, example_request,
    },
    maker::Sample,
    raw::raw_exchange,
    session::SampleSession,
    signed::{ExampleKeys, example_reply_signature, example_signature},
};
use crate::{
    Format, Options, from_str_with, to_string_with,
    wire::{Fill, FromWire, OwnedMessage},
};

/// A sample message: texts are their member's name, numbers count up from 1, unions are their first variant.
pub fn sample<T: OwnedMessage>(sample: Sample) -> T {
    let mut message = T::empty();
    sample_into(&mut message, sample);
    message
}

/// As [`sample`], into a message whose type is not known.
pub fn sample_into(message: &mut dyn for<'de> Fill<'de>, sample: Sample) {
    // A maker refuses nothing, so that there is no error to pass on.
    let _ = message.decode_fields(&mut Maker::sample(sample));
}

/// A message chosen by bytes. The same bytes make the same message; when they run out, everything else is small.
pub fn arbitrary<T: OwnedMessage>(bytes: &[u8]) -> T {
    let mut message = T::empty();
    let _ = message.decode_fields(&mut Maker::arbitrary(bytes));
    message
}

/// A structure of one member, to make a value that is not a message.
#[derive(crate::Wire)]
#[wire(crate = "crate")]
struct Holder<T> {
    value: T,
}

/// A sample of a type that a member can have.
pub fn value<T: for<'de> FromWire<'de>>() -> T {
    sample::<Holder<T>>(Sample::Full).value
}

/// Writes an arbitrary message, reads it back, and empties it.
///
/// # Panics
///
/// When it cannot be written, is not read back equal, or is not empty then.
pub fn round_trip<T: OwnedMessage + PartialEq + Debug>(format: Format, nested: &'static str, bytes: &[u8]) {
    let message: T = arbitrary(bytes);
    let options = Options::new().with_nested(nested);
    match to_string_with(format, &message, &options) {
        Err(error) => panic!("{error}: {message:?}"),
        Ok(text) => match from_str_with::<T>(format, &text, &options) {
            Err(error) => panic!("{error}: {text}"),
            Ok(mut again) => {
                assert_eq!(again, message, "{text}");
                crate::wire::clear(&mut again);
                assert_eq!(again, T::empty(), "emptied: {text}");
            }
        },
    }
}
