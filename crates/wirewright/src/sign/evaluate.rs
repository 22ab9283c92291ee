//! Computed values, worked out.

use std::{borrow::Cow, cell::RefCell, fmt};

use zeroize::{Zeroize as _, Zeroizing};

use super::{
    algorithm::{Algorithm, Digested, LONGEST, Prepared},
    encode_set::EncodeSet,
    message::Message,
    pairs,
    prepared::PreparedKeys,
    step::{Part, Step, StepContent},
    text::Text,
    url::Url,
};

/// Where the values come from that no message has.
pub trait Known {
    /// A parameter of the client, by its index.
    fn client(&self, member: usize) -> Option<KnownText<'_>>;
    /// A field of the session, by its name.
    fn session(&self, field: &str) -> Option<KnownText<'_>>;
    /// A value of the call that opens a session, by its index.
    fn opening(&self, index: usize) -> Option<KnownText<'_>> {
        let _ = index;
        None
    }
}

/// A value that may be a secret: it is wiped from memory when it is a copy.
pub struct KnownText<'t>(Cow<'t, str>);

impl<'t> KnownText<'t> {
    /// A text that is somebody else's, or a copy of it.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self(text.into())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is this text.
    #[cfg(feature = "server")]
    pub(crate) fn is(&self, text: &str) -> bool {
        self.0 == text
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl Drop for KnownText<'_> {
    fn drop(&mut self) {
        if let Cow::Owned(text) = &mut self.0 {
            text.zeroize();
        }
    }
}

impl fmt::Debug for KnownText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Nothing but a message.
#[derive(Clone, Copy, Debug)]
pub struct NothingKnown;

impl Known for NothingKnown {
    fn client(&self, _: usize) -> Option<KnownText<'_>> {
        None
    }

    fn session(&self, _: &str) -> Option<KnownText<'_>> {
        None
    }
}

/// Why a value cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotComputed {
    /// A value that it is made of is not there. It is what the definition calls it: `client.secret`.
    Missing(&'static str, &'static str),
    /// A key is not written as it should be: no base64, say.
    Key,
    /// None of the algorithms of the step is the one that was asked for.
    Algorithm,
}

/// The values of one message.
pub(super) struct Evaluation<'a> {
    pub(super) steps: &'static [Step],
    pub(super) message: &'a Message<'a>,
    pub(super) known: &'a dyn Known,
    /// The algorithm that is asked for, where a step has several.
    pub(super) algorithm: Option<&'static Algorithm>,
    /// The keys that have been made ready, where somebody keeps them.
    pub(super) keys: Option<&'a PreparedKeys>,
    /// The names of the pairs of a step, as a request tells them.
    pub(super) names: &'a [(usize, Vec<String>)],
    /// Whether secrets are left as the definition has them: `{client.secret}`.
    pub(super) unfilled: bool,
    /// Hashes that have been computed: a body is hashed once.
    pub(super) hashed: RefCell<Vec<(usize, Digested)>>,
}

impl<'a> Evaluation<'a> {
    pub(super) const fn new(steps: &'static [Step], message: &'a Message<'a>, known: &'a dyn Known) -> Self {
        let hashed = RefCell::new(Vec::new());
        Self { steps, message, known, algorithm: None, keys: None, names: &[], unfilled: false, hashed }
    }

    /// The text of a step.
    pub(super) fn value(&self, step: usize) -> Result<String, NotComputed> {
        let Some(described) = self.steps.get(step) else { return Ok(String::new()) };
        if described.algorithms.is_empty() && described.encoding.is_none() {
            return Ok(text_of(bytes_of(|text| self.content(described, EncodeSet::None, text))?));
        }
        self.encoded(step, described)
    }

    /// What is hashed or signed, or encoded, with secrets unfilled.
    pub(super) fn shown(&self, step: usize) -> Result<String, NotComputed> {
        let Some(described) = self.steps.get(step) else { return Ok(String::new()) };
        Ok(text_of(bytes_of(|text| self.content(described, EncodeSet::None, text))?))
    }

    /// The text of a step that is hashed, signed or encoded.
    fn encoded(&self, index: usize, step: &'static Step) -> Result<String, NotComputed> {
        let encode = |bytes: &[u8]| match step.encoding {
            Some(encoding) => encoding.encode(bytes),
            None => lossy(bytes).into_owned(),
        };
        Ok(match self.algorithm_of(step)? {
            Some(algorithm) => encode(self.digest((index, step), algorithm)?.bytes()),
            None => encode(&bytes_of(|text| self.content(step, EncodeSet::None, text))?),
        })
    }

    /// The digest of a step that is hashed or signed.
    fn digest(
        &self,
        (index, step): (usize, &'static Step),
        algorithm: &'static Algorithm,
    ) -> Result<Digested, NotComputed> {
        let known = |(known, _): &&(usize, Digested)| *known == index;
        if let Some((_, hashed)) = self.hashed.borrow().iter().find(known) {
            return Ok(hashed.clone());
        }
        let mut outcome = Ok(());
        let mut message = |sink: &mut dyn FnMut(&[u8])| {
            let mut text = Text::new(sink);
            outcome = self.content(step, EncodeSet::None, &mut text);
            text.flush();
        };
        let digest = if step.key.is_empty() {
            algorithm.digest(&[], &mut message)
        } else if let Some(prepared) = self.prepared(step, algorithm)? {
            prepared.digest(&mut message)
        } else if let Some(key) = self.plain_key(step)? {
            algorithm.digest(key.as_bytes(), &mut message)
        } else {
            algorithm.digest(&Self::key(step, algorithm, &self.key_texts(step)?)?, &mut message)
        };
        outcome?;
        if step.key.is_empty() {
            self.hashed.borrow_mut().push((index, digest.clone()));
        }
        Ok(digest)
    }

    /// The algorithm that a step is computed by, if it has one.
    fn algorithm_of(&self, step: &Step) -> Result<Option<&'static Algorithm>, NotComputed> {
        match (step.algorithms, self.algorithm) {
            ([], _) => Ok(None),
            ([only], _) => Ok(Some(only)),
            ([first, ..], None) => Ok(Some(first)),
            (several, Some(wanted)) => {
                let found = several.iter().find(|one| **one == wanted);
                found.map(|found| Some(*found)).ok_or(NotComputed::Algorithm)
            }
        }
    }

    /// The key of a step as somebody keeps it, ready to sign by.
    fn prepared(
        &self,
        step: &'static Step,
        algorithm: &'static Algorithm,
    ) -> Result<Option<Prepared>, NotComputed> {
        // What is only shown is under no key that anyone has.
        let Some(keys) = self.keys.filter(|_| !self.unfilled) else { return Ok(None) };
        if let Some(key) = self.plain_key(step)? {
            let key = key.as_bytes();
            return keys.ready((step, algorithm), key, || Ok(algorithm.prepared(key)));
        }
        let texts = self.key_texts(step)?;
        keys.ready((step, algorithm), &texts.of, || {
            Ok(algorithm.prepared(&Self::key(step, algorithm, &texts)?))
        })
    }

    /// The key of a step where it is one value as it stands, which needs no copy.
    fn plain_key(&self, step: &Step) -> Result<Option<KnownValue<'_>>, NotComputed> {
        match (step.key, step.key_encoding) {
            ([[part]], None) if !self.unfilled => self.part_value(part),
            _ => Ok(None),
        }
    }

    /// The texts of a step's key.
    fn key_texts(&self, step: &Step) -> Result<KeyTexts, NotComputed> {
        let mut texts = KeyTexts { of: Zeroizing::new(Vec::with_capacity(KEY)), count: step.key.len() };
        let mut length = 0;
        let mut lengths = Vec::with_capacity(step.key.len());
        for template in step.key {
            write_to(&mut texts.of, |text| self.template(template, EncodeSet::None, EncodeSet::None, text))?;
            lengths.push(texts.of.len() - length);
            length = texts.of.len();
        }
        for length in lengths {
            append(&mut texts.of, &length.to_le_bytes());
        }
        Ok(texts)
    }

    /// The key of a step: its first text, and each further one signed under what came before.
    fn key(step: &Step, algorithm: &Algorithm, texts: &KeyTexts) -> Result<Zeroizing<Vec<u8>>, NotComputed> {
        let mut texts = texts.each();
        let first = texts.next().unwrap_or_default();
        let first = Zeroizing::new(match step.key_encoding {
            Some(encoding) => {
                let text = std::str::from_utf8(first).ok();
                text.and_then(|text| encoding.decode(text)).ok_or(NotComputed::Key)?
            }
            None => first.to_vec(),
        });
        Ok(texts.fold(first, |key, text| algorithm.of(Some(&key), text)))
    }

    /// Writes what a step is made of, encoded by `outer`.
    fn content(&self, step: &Step, outer: EncodeSet, text: &mut Text<'_>) -> Result<(), NotComputed> {
        match &step.content {
            StepContent::Template(parts) => self.template(parts, step.percent_encode, outer, text),
            StepContent::Pairs(list) => {
                let names = list.names_of.unwrap_or_else(|| self.index(step));
                let names = self.names.iter().find(|(of, _)| *of == names).map(|(_, names)| names.as_slice());
                pairs::write(list, self.message, names, step.percent_encode, outer, text);
                Ok(())
            }
        }
    }

    fn index(&self, step: &Step) -> usize {
        self.steps.iter().position(|one| std::ptr::eq(one, step)).unwrap_or(usize::MAX)
    }

    fn template(
        &self,
        parts: &[Part],
        encode: EncodeSet,
        outer: EncodeSet,
        text: &mut Text<'_>,
    ) -> Result<(), NotComputed> {
        parts.iter().try_for_each(|part| self.part(part, encode, outer, text))
    }

    /// Writes a part of a template, encoded by `encode`, and what comes of that by `outer`.
    fn part(
        &self,
        part: &Part,
        encode: EncodeSet,
        outer: EncodeSet,
        text: &mut Text<'_>,
    ) -> Result<(), NotComputed> {
        match *part {
            Part::Literal(literal) => text.write(outer.table(), literal.as_bytes()),
            Part::Step(index) => return self.nested(index, encode, outer, text),
            Part::Method if encode != EncodeSet::Path => {
                text.write_upper(encode.table_then(outer), self.message.method.as_bytes());
            }
            Part::Host if encode != EncodeSet::Path => {
                Url::parse(self.message.url).write_host(text, encode.table_then(outer));
            }
            Part::Url if encode != EncodeSet::Path => {
                Url::parse(self.message.url).write_whole(text, encode.table_then(outer));
            }
            Part::Body => text.write_set(encode, outer, self.message.body),
            _ => {
                if matches!(part, Part::Client { secret: true, .. } | Part::Session { .. } | Part::Opening(_))
                {
                    text.holds_secret();
                }
                if let Some(value) = self.part_value(part)? {
                    text.write_set(encode, outer, value.as_bytes());
                }
            }
        }
        Ok(())
    }

    /// Writes another step.
    fn nested(
        &self,
        index: usize,
        encode: EncodeSet,
        outer: EncodeSet,
        text: &mut Text<'_>,
    ) -> Result<(), NotComputed> {
        let Some(step) = self.steps.get(index) else { return Ok(()) };
        let plain = step.algorithms.is_empty() && step.encoding.is_none();
        match (encode, outer) {
            (EncodeSet::None, _) if plain => self.content(step, outer, text),
            (EncodeSet::Rfc3986 | EncodeSet::Form, EncodeSet::None) if plain => {
                self.content(step, encode, text)
            }
            _ => {
                text.holds_secret();
                if let (Some(algorithm), Some(encoding)) = (self.algorithm_of(step)?, step.encoding) {
                    let digest = self.digest((index, step), algorithm)?;
                    let mut place = [0; 2 * LONGEST];
                    let value = encoding.write(digest.bytes(), &mut place).unwrap_or_default();
                    text.write_set(encode, outer, value);
                    value.zeroize();
                } else {
                    let value = Zeroizing::new(self.value(index)?);
                    text.write_set(encode, outer, value.as_bytes());
                }
                Ok(())
            }
        }
    }

    /// The value of a part that is one; nothing where it may be absent and is.
    fn part_value(&self, part: &Part) -> Result<Option<KnownValue<'_>>, NotComputed> {
        let message = self.message;
        Ok(Some(KnownValue::Message(match *part {
            Part::Literal(literal) => Cow::Borrowed(literal),
            Part::Step(index) => return Ok(Some(KnownValue::Known(KnownText::new(self.value(index)?)))),
            Part::Client { name, secret: true, .. } if self.unfilled => {
                Cow::Owned(format!("{{client.{name}}}"))
            }
            Part::Session { name, .. } if self.unfilled => Cow::Owned(format!("{{session.{name}}}")),
            Part::Client { name, member, secret, optional } => {
                return known(self.known.client(member), secret, optional, ("client", name));
            }
            Part::Session { name, optional } => {
                return known(self.known.session(name), true, optional, ("session", name));
            }
            Part::Opening(index) => {
                return known(self.known.opening(index), false, false, ("opening", ""));
            }
            Part::Parameter { name, prefix, optional } => match message.parameter(name, prefix) {
                Some(value) => value,
                None if optional => return Ok(None),
                None => return Err(NotComputed::Missing("parameter", name)),
            },
            Part::Header(name) => message.header(name),
            Part::Method => Cow::Owned(message.method.to_ascii_uppercase()),
            Part::Scheme => Cow::Owned(Url::parse(message.url).scheme().to_ascii_lowercase()),
            Part::Host | Part::Url => {
                let url = Url::parse(message.url);
                let bytes = bytes_of(|text| {
                    let table = EncodeSet::None.table();
                    match part {
                        Part::Host => url.write_host(text, table),
                        _ => url.write_whole(text, table),
                    }
                    Ok(())
                })?;
                Cow::Owned(text_of(bytes))
            }
            Part::Path => Cow::Borrowed(Url::parse(message.url).path()),
            Part::NormalizedPath => Cow::Owned(Url::parse(message.url).normalized_path()),
            Part::Operation => Cow::Borrowed(message.operation),
            Part::Body => lossy(message.body),
            Part::BodyLength if message.body.is_empty() => return Ok(None),
            Part::BodyLength => Cow::Owned(message.body.len().to_string()),
        })))
    }
}

/// A value of a part.
enum KnownValue<'v> {
    Message(Cow<'v, str>),
    Known(KnownText<'v>),
}

impl KnownValue<'_> {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Message(text) => text.as_bytes(),
            Self::Known(text) => text.text().as_bytes(),
        }
    }
}

/// A value that is known beside the message. An empty secret is none: anyone could sign with it.
fn known<'v>(
    found: Option<KnownText<'v>>,
    secret: bool,
    optional: bool,
    (group, name): (&'static str, &'static str),
) -> Result<Option<KnownValue<'v>>, NotComputed> {
    match found.filter(|found| !secret || optional || !found.text().is_empty()) {
        Some(found) => Ok(Some(KnownValue::Known(found))),
        None if optional => Ok(None),
        None => Err(NotComputed::Missing(group, name)),
    }
}

/// The texts of a key, one behind the other, and how long each is: no two keys have the same bytes.
struct KeyTexts {
    of: Zeroizing<Vec<u8>>,
    count: usize,
}

/// How many bytes most keys have room in.
const KEY: usize = 128;

impl KeyTexts {
    fn each(&self) -> impl Iterator<Item = &[u8]> {
        let texts = self.of.len() - self.count * size_of::<usize>();
        let (mut texts, lengths) = self.of.split_at_checked(texts).unwrap_or_default();
        lengths.as_chunks().0.iter().map(move |length| {
            let (text, rest) = texts.split_at_checked(usize::from_le_bytes(*length)).unwrap_or_default();
            texts = rest;
            text
        })
    }
}

/// The bytes that `write` writes.
fn bytes_of(
    write: impl FnOnce(&mut Text<'_>) -> Result<(), NotComputed>,
) -> Result<Zeroizing<Vec<u8>>, NotComputed> {
    let mut bytes = Zeroizing::new(Vec::new());
    write_to(&mut bytes, write).map(|()| bytes)
}

/// Adds the bytes that `write` writes.
fn write_to(
    bytes: &mut Zeroizing<Vec<u8>>,
    write: impl FnOnce(&mut Text<'_>) -> Result<(), NotComputed>,
) -> Result<(), NotComputed> {
    let mut take = |block: &[u8]| append(bytes, block);
    let mut text = Text::new(&mut take);
    let outcome = write(&mut text);
    text.flush();
    outcome
}

/// Bytes as a text; what is not UTF-8 is a replacement character. The bytes themselves become the text where they can, so that nothing has to
/// be wiped.
fn text_of(mut bytes: Zeroizing<Vec<u8>>) -> String {
    String::from_utf8(std::mem::take(&mut *bytes)).unwrap_or_else(|error| {
        let bytes = Zeroizing::new(error.into_bytes());
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The same of bytes that stay where they are. Most are UTF-8, which is found out faster than where it is none.
fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Adds to a buffer whose older, smaller places are wiped.
fn append(bytes: &mut Zeroizing<Vec<u8>>, block: &[u8]) {
    if bytes.capacity() - bytes.len() < block.len() {
        let mut larger = Vec::with_capacity((bytes.len() + block.len()).max(2 * bytes.capacity()));
        larger.extend_from_slice(bytes);
        bytes.zeroize();
        **bytes = larger;
    }
    bytes.extend_from_slice(block);
}
