//! Errors show no secret: a document full of them, damaged at one place.

use std::fmt::Debug;

use wirewright::{
    Format, Limits, Options,
    exchange::{Error, Request, read_reply},
    from_str_with,
    testing::{Sample, sample},
    to_string_with,
    wire::OwnedMessage,
};

use crate::{
    Outcome,
    check::{self, FORMATS},
    types,
    vendors::{self, Visit},
};

/// What must never be seen. No name contains it.
const SECRET: &str = "hunter2";
/// What is put into a document, beside the bytes of the input.
const MOST: usize = 12;

/// Four bytes choose the type and the formats, two the place, one how much goes; what follows is put there.
pub fn mask(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let Some((head, insert)) = data.split_first_chunk::<6>() else { return outcome };
    let damage = Damage {
        choice: head[0],
        written: FORMATS[usize::from(head[1]) % 3],
        read: FORMATS[usize::from(head[1] / 3) % 3],
        place: usize::from(u16::from_le_bytes([head[3], head[4]])),
        gone: usize::from(head[5] % 8),
        insert: String::from_utf8_lossy(insert.get(..insert.len().min(MOST)).unwrap_or_default())
            .into_owned(),
    };
    match damage.choice % 4 {
        0 => damage.message::<types::Scalars>(&mut outcome),
        1 => damage.message::<types::Lists>(&mut outcome),
        2 => damage.message::<types::Maps>(&mut outcome),
        _ => vendors::each(&mut Replies { damage: &damage, outcome: &mut outcome }),
    }
    outcome
}

struct Damage {
    choice: u8,
    written: Format,
    read: Format,
    place: usize,
    gone: usize,
    insert: String,
}

impl Damage {
    /// A sample with the secret in every value, damaged.
    fn document<T: OwnedMessage>(&self) -> Option<String> {
        let wire = to_string_with(self.written, &sample::<T>(Sample::Full), &Options::new()).ok()?;
        let mut text = plant(self.written, &wire);
        let mut from = self.place % (text.len() + 1);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (from + self.gone).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        text.replace_range(from..to, &self.insert);
        Some(text)
    }

    fn message<T: OwnedMessage>(&self, outcome: &mut Outcome) {
        let Some(text) = self.document::<T>() else { return };
        match from_str_with::<T>(self.read, &text, &Options::new()) {
            Ok(_) => outcome.take(self.choice),
            Err(error) => {
                hidden(&error, &text);
                check::decode_error(&error, text.as_bytes());
                outcome.error(&error);
            }
        }
    }
}

/// Puts the secret into every value.
fn plant(format: Format, wire: &str) -> String {
    match format {
        Format::Xml => {
            let mut text = String::new();
            for (index, part) in wire.split('>').enumerate() {
                let (value, tag) = part.split_once('<').unwrap_or(("", part));
                if index > 0 {
                    text.push('>');
                }
                text.push_str(if value.is_empty() { "" } else { SECRET });
                if !tag.is_empty() {
                    text.push('<');
                    text.push_str(tag);
                }
            }
            text
        }
        Format::Json => wire.replace(":\"", ":\"hunter2").replace(":1", ":\"hunter2\""),
        _ => wire.replace('=', "=hunter2"),
    }
}

/// Neither form of an error shows the secret.
fn hidden(error: &(impl std::fmt::Display + Debug), text: &str) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(SECRET), "{shown}\n{text}");
}

struct Replies<'a> {
    damage: &'a Damage,
    outcome: &'a mut Outcome,
}

impl Visit for Replies<'_> {
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
        let Some(text) = self.damage.document::<R::Envelope>() else { return };
        let response = http::Response::new(text.clone().into_bytes());
        match read_reply::<R>(response, self.damage.read, &Limits::new()) {
            // The vendor's own words are meant to be seen.
            Ok(_) | Err(Error::Vendor(_)) => self.outcome.take(R::OPERATION.name),
            Err(error) => {
                hidden(&error, &text);
                self.outcome.refuse((R::OPERATION.name, matches!(error, Error::Decode(_))));
            }
        }
    }
}

/// Damage of some kinds.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let head = |choice: u8, formats: u8| [choice, formats, 0, 30, 0, 2, b'<'].to_vec();
    (0..4).flat_map(|choice| (0..9).map(move |formats| head(choice, formats))).collect()
}
