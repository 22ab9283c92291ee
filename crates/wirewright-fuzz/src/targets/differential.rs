//! The two codecs of each format against each other.
//!
//! What the compact codec takes, the general one takes with the same value; where the compact one stops, the general one decides
//! alone, and nothing of what the compact one has filled by then is left. So every input is the same value for both, or an error
//! with the same place and words.

use std::{any::type_name, fmt::Debug, sync::LazyLock};

use wirewright::{
    DecodeError, Format, Limits, Options,
    alone::{decode_compact, decode_general, encode_compact, encode_general},
    exchange::Request,
    json, query,
    wire::{Fill, FromWire, Message, OwnedMessage},
    xml,
};

use super::message::add;
use crate::{
    Outcome,
    check::{self, FORMATS},
    corpus::{Kind, texts},
    types::{self, borrowed, owned},
    vendors::{self, Visit},
};

/// The first byte chooses the format, the next two the type, and the others are read as that type by each codec of the format.
///
/// # Panics
///
/// When the codecs do not agree about a text or a value.
pub fn differential(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let Some((&[format, low, high], bytes)) = data.split_first_chunk() else { return outcome };
    let Ok(text) = std::str::from_utf8(bytes) else { return outcome };
    let format = FORMATS[usize::from(format) % FORMATS.len()];
    let subject = &SUBJECTS[usize::from(u16::from_le_bytes([low, high])) % SUBJECTS.len()];
    (subject.run)(&mut outcome, format, text);
    outcome
}

/// A type, or a pair of twins.
struct Subject {
    name: &'static str,
    run: fn(&mut Outcome, Format, &str),
    /// Texts of it.
    samples: fn(Format, &mut Vec<Vec<u8>>),
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let mut all = vec![
        twins::<owned::Page>(|outcome, format, text| {
            twin(outcome, format, text, one::<borrowed::Page<'_>>, one::<owned::Page>);
        }),
        twins::<owned::Row>(|outcome, format, text| {
            twin(outcome, format, text, one::<borrowed::Row<'_>>, one::<owned::Row>);
        }),
        twins::<owned::Form>(|outcome, format, text| {
            twin(outcome, format, text, one::<borrowed::Form<'_>>, one::<owned::Form>);
        }),
        twins::<owned::Rest>(|outcome, format, text| {
            twin(outcome, format, text, one::<borrowed::Rest<'_>>, one::<owned::Rest>);
        }),
        subject::<types::Scalars>(),
        subject::<types::Lists>(),
        subject::<types::Maps>(),
        subject::<types::Meanings>(),
        subject::<types::Unions>(),
        subject::<types::Flat>(),
        subject::<types::Open>(),
        subject::<types::Shapes>(),
        subject::<types::Tree>(),
    ];
    vendors::each(&mut All(&mut all));
    all
});

fn twins<T: OwnedMessage>(run: fn(&mut Outcome, Format, &str)) -> Subject {
    Subject { name: type_name::<T>(), run, samples: add::<T> }
}

fn subject<T: OwnedMessage + PartialEq + Debug>() -> Subject {
    let run = |outcome: &mut Outcome, format, text: &str| {
        one::<T>(outcome, format, text, &mut |_| {});
    };
    Subject { name: type_name::<T>(), run, samples: add::<T> }
}

/// The types of every operation, each once.
struct All<'a>(&'a mut Vec<Subject>);

impl All<'_> {
    fn add<T: OwnedMessage + PartialEq + Debug>(&mut self) {
        if self.0.iter().all(|subject| subject.name != type_name::<T>()) {
            self.0.push(subject::<T>());
        }
    }
}

impl Visit for All<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        self.add::<R>();
        self.add::<R::Envelope>();
        self.add::<R::FailedEnvelope>();
        self.add::<C>();
        self.add::<O>();
        self.add::<S>();
    }
}

/// What a caller may choose that changes what is read.
fn options() -> [Options; 4] {
    [
        Options::new(),
        Options::new().with_strict(true),
        Options::new().with_limits(Limits::new().with_max_depth(3)).with_nested("_"),
        Options::new().with_limits(Limits::new().with_max_bytes(100)).with_nested("["),
    ]
}

/// Reads the text as one type; `each` gets what came out for each choice of options, as text.
fn one<'de, T>(outcome: &mut Outcome, format: Format, text: &'de str, each: &mut dyn FnMut(String))
where
    T: Message + FromWire<'de> + Fill<'de> + PartialEq + Debug,
{
    for options in options() {
        let compact = decode_compact::<T>(format, text, &options);
        let general = decode_general::<T>(format, text, &options);
        let both = match format {
            Format::Xml => xml::from_str_with::<T>(text, &options),
            Format::Json => json::from_str_with::<T>(text, &options),
            _ => query::from_str_with::<T>(text, &options),
        };
        match (&compact, &general) {
            (Some(compact), Ok(general)) => {
                outcome.take(format);
                same(format, compact, general, "the compact reader", text);
            }
            (Some(compact), Err(error)) => {
                panic!(
                    "{format}: the compact reader takes it, and the general one not: {error}\n{text}\n{compact:?}"
                )
            }
            (None, Ok(_)) => outcome.refuse(format),
            (None, Err(error)) => {
                check::decode_error(error, text.as_bytes());
                outcome.error(error);
            }
        }
        match (&both, &general) {
            (Ok(both), Ok(general)) => {
                same(format, both, general, "one reader after the other", text);
                writers(general);
            }
            (Err(both), Err(general)) => {
                assert_eq!(format!("{both:?}"), format!("{general:?}"), "{format}: {text}");
            }
            (both, general) => panic!("{format}: {both:?}\n{general:?}\n{text}"),
        }
        each(shown(&general));
    }
}

/// What the compact writers write, the general ones write as well.
fn writers<T: Message + Debug>(message: &T) {
    for options in options() {
        for format in FORMATS {
            if let Some(compact) = encode_compact(format, message, &options) {
                let general = encode_general(format, message, &options);
                assert_eq!(Some(&compact), general.as_ref().ok(), "{format}: {general:?}\n{message:?}");
            }
        }
    }
}

/// `Debug` hides secrets, and NaN is not equal to itself: what is neither equal nor holds a NaN is not the same.
fn same<T: Message + PartialEq + Debug>(format: Format, one: &T, other: &T, which: &str, text: &str) {
    if one == other {
        return;
    }
    let (left, right) =
        (encode_general(format, one, &Options::new()), encode_general(format, other, &Options::new()));
    #[allow(clippy::eq_op, reason = "a NaN is not equal to itself")]
    let nan = one != one;
    assert!(nan && left == right, "{format}, {which}: {one:?}\nthe general reader: {other:?}\n{text}");
}

/// Twins hold no secrets.
fn shown<T: Debug>(read: &Result<T, DecodeError>) -> String {
    match read {
        Ok(message) => format!("{message:?}"),
        Err(error) => format!("{error:?}"),
    }
}

type One<'de> = fn(&mut Outcome, Format, &'de str, &mut dyn FnMut(String));

/// A type that borrows from the input reads as the one that does not.
fn twin<'de>(outcome: &mut Outcome, format: Format, text: &'de str, borrowed: One<'de>, owned: One<'de>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    borrowed(outcome, format, text, &mut |shown| left.push(shown));
    owned(&mut Outcome::default(), format, text, &mut |shown| right.push(shown));
    assert_eq!(left, right, "{format}: {text}");
}

/// Samples of every type in every format, and the vendors' examples as some of them.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (format, each) in (0_u8..).zip(FORMATS) {
        let examples = texts(Kind::Reply(each));
        for (index, subject) in (0_u16..).zip(SUBJECTS.iter()) {
            let mut inputs = Vec::new();
            (subject.samples)(each, &mut inputs);
            // An example is for some other type, mostly: every type need not have all of them.
            inputs.extend(examples.iter().skip(usize::from(index) % 4).step_by(4).cloned());
            let [low, high] = index.to_le_bytes();
            all.extend(inputs.into_iter().map(|input| [&[format, low, high], &*input].concat()));
        }
    }
    all
}
