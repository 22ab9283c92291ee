//! Members of replies that are in headers and cookies, on their way in and out.

#[cfg(feature = "server")]
use http::HeaderValue;
use http::{HeaderMap, HeaderName, header};
use zeroize::Zeroizing;

use crate::{
    DecodeError, Options,
    codec::general::query,
    describe::protocol::{Operation, ParameterLocation, ReplyHeader},
    exchange::payload::Nothing,
    wire::{Aborted, Decoder, Fill, Message as _, Shape, Slot},
};
#[cfg(feature = "server")]
use crate::{
    EncodeError,
    exchange::placed::{header_value, is_cookie_byte},
    wire::Record,
};

/// What is between the name of a member and a key in it: no header and no cookie has it in its name.
const NESTED: &str = " ";

/// Fills what is in headers into the data of a reply that was read.
pub(crate) fn read(
    operation: &'static Operation,
    headers: &HeaderMap,
    data: &mut dyn for<'de> Fill<'de>,
) -> Result<(), DecodeError> {
    if operation.reply_headers.is_empty() {
        return Ok(());
    }
    fill(&received(operation.reply_headers, headers), data).map_err(DecodeError::in_headers)
}

/// What the headers of a response have of these, as pairs.
fn received(described: &[ReplyHeader], headers: &HeaderMap) -> Zeroizing<String> {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for ReplyHeader { name, location } in described {
        let values = |name: &str| headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
        match location {
            ParameterLocation::Header { prefix } => {
                let all: Vec<&str> = values(name).filter_map(|value| value.strip_prefix(prefix)).collect();
                // Several of one name are one list, RFC 9110 section 5.3.
                if !all.is_empty() {
                    pairs.append_pair(name, &all.join(", "));
                }
            }
            ParameterLocation::Headers => {
                let start = name.trim_end_matches('*').to_ascii_lowercase();
                let mut seen: Vec<&str> = Vec::new();
                for full in headers.keys().map(HeaderName::as_str) {
                    let Some(key) = full.strip_prefix(&start).filter(|key| !key.is_empty()) else { continue };
                    if !seen.contains(&full) {
                        seen.push(full);
                        let all: Vec<&str> = values(full).collect();
                        pairs.append_pair(&[name, NESTED, key].concat(), &all.join(", "));
                    }
                }
            }
            ParameterLocation::Cookie => {
                if let Some((_, value)) = cookies(headers).iter().find(|(known, _)| known == name) {
                    pairs.append_pair(name, value);
                }
            }
            ParameterLocation::Cookies => {
                let is_named = |cookie: &str| {
                    described
                        .iter()
                        .any(|one| one.location == ParameterLocation::Cookie && one.name == cookie)
                };
                let mut all = cookies(headers);
                all.retain(|(name, _)| !is_named(name));
                if !all.is_empty() {
                    let all: Vec<String> =
                        all.iter().map(|(name, value)| [name, "=", value].concat()).collect();
                    pairs.append_pair(name, &Zeroizing::new(all.join("; ")));
                }
            }
            ParameterLocation::Parameters
            | ParameterLocation::Host
            | ParameterLocation::Path
            | ParameterLocation::Computed => {}
        }
    }
    Zeroizing::new(pairs.finish())
}

/// The cookies that a response sets and does not take back, each once: the last one of a name counts.
fn cookies(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for line in headers.get_all(header::SET_COOKIE) {
        let Ok(line) = line.to_str() else { continue };
        let mut parts = line.split(';').map(str::trim_ascii);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
        let (name, value) = (name.trim_ascii(), value.trim_ascii());
        found.retain(|(known, _)| *known != name);
        if !name.is_empty() && !parts.any(takes_back) {
            found.push((name, value));
        }
    }
    found
}

/// Whether an attribute of a cookie says that it has ended, RFC 6265 sections 5.2.1 and 5.2.2. What sets the clock back to its first
/// year means that, whatever the caller's clock says.
fn takes_back(attribute: &str) -> bool {
    let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
    let (name, value) = (name.trim_ascii(), value.trim_ascii());
    if name.eq_ignore_ascii_case("max-age") {
        return value == "0" || value.starts_with('-');
    }
    name.eq_ignore_ascii_case("expires") && [" 1970", "-1970", "-70 "].iter().any(|year| value.contains(year))
}

/// Fills pairs into the members that no document has.
fn fill(pairs: &str, data: &mut dyn for<'de> Fill<'de>) -> Result<(), DecodeError> {
    let options = Options::new().with_nested(NESTED);
    query::read_into(pairs, &options, Nothing::SHAPE, &mut Beside(data))
}

/// Copies those members from one reply to another of the same type.
#[cfg(feature = "testing")]
pub(crate) fn copy(from: &dyn crate::wire::Record, to: &mut dyn for<'de> Fill<'de>) {
    if let Ok(pairs) = pairs(from) {
        // What was written is read.
        let _ = fill(&pairs, to);
    }
}

/// The members of a reply that no document has, as pairs.
#[cfg(feature = "server")]
fn pairs(data: &dyn Record) -> Result<Zeroizing<String>, EncodeError> {
    let mut writer = query::Writer::new(&Options::new().with_nested(NESTED));
    data.encode_fields(&mut BesideEncoder(&mut writer));
    writer.finish().map(Zeroizing::new)
}

/// Puts what is in headers into a response. `None`: a header cannot carry it.
#[cfg(feature = "server")]
pub(crate) fn write(operation: &'static Operation, data: &dyn Record, headers: &mut HeaderMap) -> Option<()> {
    if operation.reply_headers.is_empty() {
        return Some(());
    }
    let pairs = pairs(data).ok()?;
    for (name, value) in form_urlencoded::parse(pairs.as_bytes()) {
        let (member, key) = name.split_once(NESTED).unwrap_or((&name, ""));
        let described = operation.reply_headers.iter().find(|described| described.name == member)?;
        match described.location {
            ParameterLocation::Header { prefix } => {
                put(headers, described.name, &[prefix, &value].concat())?;
            }
            ParameterLocation::Headers => {
                put(headers, &[described.name.trim_end_matches('*'), key].concat(), &value)?;
            }
            ParameterLocation::Cookie => set_cookie(operation, described.name, &value, headers)?,
            ParameterLocation::Cookies => {
                for cookie in value.split("; ") {
                    let (name, value) = cookie.split_once('=')?;
                    set_cookie(operation, name, value, headers)?;
                }
            }
            ParameterLocation::Parameters
            | ParameterLocation::Host
            | ParameterLocation::Path
            | ParameterLocation::Computed => {}
        }
    }
    Some(())
}

#[cfg(feature = "server")]
fn put(headers: &mut HeaderMap, name: &str, value: &str) -> Option<()> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    headers.append(name, header_value(value, false)?);
    Some(())
}

/// A cookie that the whole site gets back, and no script sees.
#[cfg(feature = "server")]
fn set_cookie(operation: &'static Operation, name: &str, value: &str, headers: &mut HeaderMap) -> Option<()> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| is_cookie_byte(byte) && byte != b'=');
    if !is_name || !value.bytes().all(is_cookie_byte) {
        return None;
    }
    let secure = if operation.secure { "; Secure" } else { "" };
    let line = Zeroizing::new([name, "=", value, "; Path=/; HttpOnly", secure].concat());
    let mut line = HeaderValue::from_str(&line).ok()?;
    line.set_sensitive(true);
    headers.append(header::SET_COOKIE, line);
    Some(())
}

/// The members that no document has, as a decoder sees them that reads documents.
struct Beside<'f>(&'f mut dyn for<'de> Fill<'de>);

impl<'de> Fill<'de> for Beside<'_> {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        self.0.decode_fields(&mut BesideDecoder(decoder))
    }
}

/// Hands what is in no document to a decoder, and nothing else.
struct BesideDecoder<'d, 'de>(&'d mut dyn Decoder<'de>);

impl<'de> Decoder<'de> for BesideDecoder<'_, 'de> {
    fn record(&mut self, _: &'static Shape, _: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        Ok(())
    }

    fn beside(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        self.0.record(shape, slots)
    }
}

/// Hands what is in no document to an encoder, and nothing else.
#[cfg(feature = "server")]
struct BesideEncoder<'e>(&'e mut dyn crate::wire::Encoder);

#[cfg(feature = "server")]
impl crate::wire::Encoder for BesideEncoder<'_> {
    fn record(&mut self, _: &'static Shape, _: &[crate::wire::Value<'_>]) {}

    fn beside(&mut self, shape: &'static Shape, values: &[crate::wire::Value<'_>]) {
        self.0.record(shape, values);
    }
}
