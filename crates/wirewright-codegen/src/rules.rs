//! What both the checks and the resolver hold a definition to.

use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::{Offset, TimeZone};

use crate::diagnostic::{Code, Fault};
use crate::model::{Epoch, Moment, TextEncoding};
use crate::source::Text;

/// Whether it is a name for a generated package.
pub(crate) fn is_package(name: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.split('-').all(word)
}

/// How deep structures can be flattened into one another.
pub(crate) const FLATTENED: usize = 16;

/// Parts of the names of secrets, without signs and in small letters.
const SECRETS: &[&str] = &[
    "accesskey",
    "apikey",
    "authkey",
    "passphrase",
    "passw",
    "passwd",
    "privatekey",
    "pswd",
    "pwd",
    "secret",
    "sessionkey",
    "token",
];

/// The seconds since 1970-01-01 UTC of a moment as RFC 3339 has it.
pub(crate) fn seconds(moment: &str) -> Option<u64> {
    let moment: jiff::Timestamp = moment.parse().ok()?;
    moment.as_second().try_into().ok()
}

/// Whether bytes can be read from a text in this encoding.
pub(crate) fn is_encoded(encoding: TextEncoding, text: &str) -> bool {
    let hex = |digits: &[u8]| {
        let digit = |byte: u8| byte.is_ascii_digit() || digits.contains(&byte);
        text.len().is_multiple_of(2) && text.bytes().all(digit)
    };
    // What is left of the last four signs is one byte or two, or nothing.
    let base64 = |signs: [u8; 2], text: &str| {
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || signs.contains(&byte);
        text.len() % 4 != 1 && text.bytes().all(sign)
    };
    let padded = |signs| {
        text.len().is_multiple_of(4) && {
            let bare = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
            base64(signs, bare)
        }
    };
    match encoding {
        TextEncoding::Base64 => padded(*b"+/"),
        TextEncoding::Base64Url => padded(*b"-_"),
        TextEncoding::Base64UrlUnpadded => base64(*b"-_", text),
        TextEncoding::Hex => hex(b"abcdef"),
        TextEncoding::HexUppercase => hex(b"ABCDEF"),
    }
}

/// Whether it is an endpoint without places for parameters.
pub(crate) fn is_plain_endpoint(text: &str) -> bool {
    is_endpoint(text) && !text.contains('{')
}

/// Whether it is scheme, host and perhaps port, of which parts may be left open, and perhaps what is in front of every path.
pub(crate) fn is_endpoint(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let (host, base) = rest.split_once('/').map_or((rest, None), |(host, base)| (host, Some(base)));
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let segment = |text: &str| !matches!(text, "" | "." | "..") && text.bytes().all(sign);
    if base.is_some_and(|base| !base.split('/').all(segment)) {
        return false;
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // What is in braces is looked at elsewhere.
    let fits = |text: &str| label(text) || placeholder(text).is_some();
    name.split('.').all(fits) && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// The name in a label of an endpoint that is one in braces.
pub(crate) fn placeholder(label: &str) -> Option<&str> {
    label.strip_prefix('{')?.strip_suffix('}').filter(|name| !name.is_empty() && !name.contains(['{', '}']))
}

/// Whether a name on the wire, or the readable one, is one that secrets have.
pub(crate) fn looks_secret(key: Text<'_>, name: Option<Text<'_>>) -> bool {
    [Some(key), name].into_iter().flatten().any(|text| is_secret_name(text.value))
}

/// Whether a name is one that secrets have: a member of such a name has to say whether it is one.
///
/// ```
/// assert!(wirewright_codegen::is_secret_name("sessionKey"));
/// assert!(!wirewright_codegen::is_secret_name("album"));
/// ```
pub fn is_secret_name(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let folded: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    SECRETS.iter().any(|secret| folded.contains(secret))
}

/// A secret that is not marked.
pub(crate) fn unmarked(key: Text<'_>, why: &str) -> Fault {
    Fault::new(Code::UnmarkedSecret, key.span, format!("`{}` may be a secret and does not say so", key.value))
        .label(why)
        .expected("`secret = true`, so that it is never shown, or `secret = false`")
}

/// Whether a label is that of a charset that forms can be in: the Encoding Standard has UTF-8 in the place of UTF-16.
pub(crate) fn is_charset(label: &str) -> bool {
    let encoding = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
    encoding.is_some_and(|encoding| encoding == encoding_rs::UTF_8 || encoding.output_encoding() == encoding)
}

/// Whether it is UTF-8, which needs no word.
pub(crate) fn is_utf_8(label: &str) -> bool {
    encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()) == Some(encoding_rs::UTF_8)
}

/// Tuesday, 30 September 2008, 15:56:42.
const SAMPLE: civil::DateTime = civil::date(2008, 9, 30).at(15, 56, 42, 0);

/// Moments at which directives differ from one another: in the afternoon, on the first day of a week and a year, in the last week of
/// a long year, with a fraction, on a leap day.
const TRIED: [civil::DateTime; 4] = [
    SAMPLE,
    civil::date(2023, 1, 1).at(0, 5, 9, 0),
    civil::date(2020, 12, 31).at(12, 0, 0, 120_000_000),
    civil::date(1996, 2, 29).at(23, 59, 59, 999_999_999),
];

/// A sample in a `strftime` format; `None` where the format cannot be written.
pub(crate) fn sample(format: &str) -> Option<String> {
    written(Moment::DateTime, SAMPLE, format)
}

/// A moment as the runtime writes it, in UTC: a date alone has no time, a time of day no date, and neither an offset.
fn written(moment: Moment, time: civil::DateTime, format: &str) -> Option<String> {
    let parts = match moment {
        Moment::DateTime => {
            let mut parts = BrokenDownTime::from(time);
            parts.set_offset(Some(Offset::UTC));
            parts.set_timestamp(Offset::UTC.to_timestamp(time).ok());
            parts
        }
        Moment::Date => BrokenDownTime::from(time.date()),
        Moment::Time => BrokenDownTime::from(time.time()),
    };
    parts.to_string(format).ok()
}

/// Whether the runtime reads what it writes in a `strftime` format, with all that is written there.
pub(crate) fn is_read_back(moment: Moment, format: &str) -> bool {
    TRIED.into_iter().all(|time| is_read_as(moment, time, format))
}

fn is_read_as(moment: Moment, time: civil::DateTime, format: &str) -> bool {
    let Some(text) = written(moment, time, format) else { return false };
    // White space at the ends is no part of a value.
    let Ok(parts) = strtime::parse(format, text.trim()) else { return false };
    let read = match moment {
        Moment::DateTime => match parts.timestamp() {
            Some(moment) => Some(TimeZone::UTC.to_datetime(moment)),
            None => parts.to_date().ok().map(|date| {
                parts.to_datetime().unwrap_or_else(|_| date.to_datetime(civil::Time::midnight()))
            }),
        },
        Moment::Date => parts.to_date().ok().map(|date| date.to_datetime(time.time())),
        Moment::Time => parts.to_time().ok().map(|read| time.date().to_datetime(read)),
    };
    // Half a day is lost where nothing tells the afternoon.
    let whole = |read: &civil::DateTime| read.hour() == time.hour() || read.time() == civil::Time::midnight();
    read.filter(whole).and_then(|read| written(moment, read, format)).is_some_and(|again| again == text)
}

/// What values of a moment look like in a `strftime` format.
pub(crate) fn samples_of(moment: Moment, format: &str) -> Vec<String> {
    TRIED.into_iter().filter_map(|time| written(moment, time, format)).collect()
}

/// Whether a text is a moment in a `strftime` format, as the runtime reads it.
pub(crate) fn is_moment(moment: Moment, format: &str, text: &str) -> bool {
    let Ok(parts) = strtime::parse(format, text.trim()) else { return false };
    match moment {
        Moment::DateTime => parts.timestamp().is_some() || parts.to_date().is_ok(),
        Moment::Date => parts.to_date().is_ok(),
        Moment::Time => parts.to_time().is_ok(),
    }
}

/// The signs of a form, each with whether it stands for itself.
fn signs_of_form(form: &str) -> Vec<(char, bool)> {
    let mut signs = Vec::new();
    let mut form = form.chars();
    while let Some(sign) = form.next() {
        match sign {
            '\\' => signs.extend(form.next().map(|sign| (sign, true))),
            sign => signs.push((sign, !matches!(sign, '0' | 'a' | '*'))),
        }
    }
    signs
}

/// Whether a letter can be where a sign of a form is.
fn fits_sign((sign, itself): (char, bool), letter: char) -> bool {
    match sign {
        _ if itself => sign == letter,
        '0' => letter.is_ascii_digit(),
        'a' => letter.is_ascii_alphabetic(),
        _ => letter.is_ascii_alphanumeric(),
    }
}

/// Whether a text has a form.
pub(crate) fn fits_form(form: &str, text: &str) -> bool {
    let signs = signs_of_form(form);
    let letters: Vec<char> = text.chars().collect();
    signs.len() == letters.len()
        && signs.into_iter().zip(letters).all(|(sign, letter)| fits_sign(sign, letter))
}

/// Whether a text may be a part of one that has a form.
pub(crate) fn form_can_hold(form: &str, part: &str) -> bool {
    let part: Vec<char> = part.chars().collect();
    let signs = signs_of_form(form);
    !part.is_empty()
        && signs
            .windows(part.len())
            .any(|signs| signs.iter().zip(&part).all(|(sign, letter)| fits_sign(*sign, *letter)))
}

/// Whether one of the patterns is a name's: a final `*` is any rest. The names of headers are in either case.
pub(crate) fn is_named<'p>(
    patterns: impl IntoIterator<Item = &'p str>,
    name: &str,
    in_either_case: bool,
) -> bool {
    let same = |one: &str, other: &str| one == other || in_either_case && one.eq_ignore_ascii_case(other);
    patterns.into_iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(start) => name.get(..start.len()).is_some_and(|begin| same(begin, start)),
        None => same(name, pattern),
    })
}

/// The second since 1970-01-01 UTC at which a day, or a moment in UTC, begins. `None`: it is neither.
pub(crate) fn epoch_start(text: &str) -> Option<i64> {
    let moment = match text.parse::<civil::Date>() {
        // A moment is parsed as its date as well.
        Ok(date) if date.to_string() == text => Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?,
        _ => text.parse::<Timestamp>().ok().filter(|_| text.ends_with('Z'))?,
    };
    (moment.subsec_nanosecond() == 0).then(|| moment.as_second())
}

/// The sample as a number of units since an epoch, as the runtime writes it.
pub(crate) fn counted(epoch: Epoch) -> String {
    let second = Offset::UTC.to_timestamp(SAMPLE).map_or(0, Timestamp::as_second);
    let nanoseconds = (i128::from(second) - i128::from(epoch.start)) * 1_000_000_000;
    let mut decimals = u32::from(epoch.decimals);
    let mut number = (nanoseconds * 10_i128.pow(decimals)).div_euclid(epoch.unit.nanoseconds());
    while decimals > 0 && number % 10 == 0 {
        (number, decimals) = (number / 10, decimals - 1);
    }
    let sign = if number < 0 { "-" } else { "" };
    let (number, power) = (number.unsigned_abs(), 10_u128.pow(decimals));
    let (whole, part) = (number / power, number % power);
    if decimals == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0width$}", width = decimals as usize)
}
