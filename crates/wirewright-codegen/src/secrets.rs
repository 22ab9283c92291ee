//! What a real secret looks like, and what is evidently made up.

/// Why a value looks like a real secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    /// As the keys and tokens of a vendor do, which all begin alike.
    Known(&'static Known),
    /// As a JSON Web Token does.
    WebToken,
    /// As the digits of a random number do.
    Hex,
    /// As random bytes in Base64 do.
    Base64,
    /// As what a person or a server would choose, under the name of a secret.
    Named,
}

/// The secrets of one kind, by how they begin.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Known {
    prefix: &'static str,
    /// How long they are at least, with the prefix.
    length: usize,
    pub(crate) what: &'static str,
}

const fn known(prefix: &'static str, length: usize, what: &'static str) -> Known {
    Known { prefix, length, what }
}

/// The kinds that everybody looks for, as whoever finds one can use it at once.
const KNOWN: &[Known] = &[
    known("AKIA", 20, "an access key of AWS"),
    known("ASIA", 20, "an access key of AWS"),
    known("ghp_", 36, "a token of GitHub"),
    known("gho_", 36, "a token of GitHub"),
    known("ghu_", 36, "a token of GitHub"),
    known("ghs_", 36, "a token of GitHub"),
    known("ghr_", 36, "a token of GitHub"),
    known("github_pat_", 40, "a token of GitHub"),
    known("glpat-", 20, "a token of GitLab"),
    known("npm_", 36, "a token of npm"),
    known("sk_live_", 20, "a live key of Stripe"),
    known("rk_live_", 20, "a live key of Stripe"),
    known("sk-ant-", 30, "a key of Anthropic"),
    known("xoxa-", 15, "a token of Slack"),
    known("xoxb-", 15, "a token of Slack"),
    known("xoxp-", 15, "a token of Slack"),
    known("xoxr-", 15, "a token of Slack"),
    known("xoxs-", 15, "a token of Slack"),
    known("AIza", 39, "a key of Google"),
    known("ya29.", 30, "a token of Google"),
    known("SG.", 50, "a key of SendGrid"),
    known("-----BEGIN", 25, "a private key"),
];

/// Parts of what is evidently made up, in small letters.
const MADE_UP: &[&str] = &[
    "changeme",
    "demo",
    "dummy",
    "example",
    "fake",
    "hidden",
    "madeup",
    "made-up",
    "made up",
    "made+up",
    "passw",
    "placeholder",
    "redacted",
    "sample",
    "secret",
    "sesame",
    "test",
    "xxxx",
    "your",
];

/// Words of what is evidently made up, each by itself.
const MADE_UP_WORDS: &[&str] = &["abc", "bar", "foo", "key", "my", "pass", "the", "token"];

/// How long digits or Base64 are at least that nothing else tells.
const HEX: usize = 32;
const BASE64: usize = 28;
/// How long they are at most: what is longer is a picture or a document.
const LONGEST: usize = 512;
/// How long a secret is at least, and one of digits alone.
const NAMED: usize = 6;
const PIN: usize = 4;

/// Why a value looks like a real secret; `None`: it does not, or is evidently made up.
///
/// `is_named` says that its name is one of a secret, and `is_published` that somebody else has printed it.
pub(crate) fn looks_real(value: &str, is_named: bool, is_published: bool) -> Option<Looks> {
    let value = value.trim();
    let words = || value.split_whitespace().filter(|word| !is_made_up(word));
    if value.starts_with("-----BEGIN") {
        let private = value.contains("PRIVATE KEY") && !has_part(&value.to_lowercase());
        return KNOWN.last().filter(|_| private).map(Looks::Known);
    }
    let of_vendor = words().find_map(|word| {
        KNOWN.iter().find(|known| word.starts_with(known.prefix) && word.len() >= known.length)
    });
    if let Some(known) = of_vendor {
        return Some(Looks::Known(known));
    }
    if is_published || is_made_up(value) {
        return None;
    }
    let shape = words().find_map(|word| {
        let all = |sign: fn(u8) -> bool| word.bytes().all(sign);
        if is_web_token(word) {
            Some(Looks::WebToken)
        } else if !(HEX.min(BASE64)..=LONGEST).contains(&word.len()) {
            None
        } else if word.len() >= HEX && all(|byte| byte.is_ascii_hexdigit()) && distinct(word) > 7 {
            Some(Looks::Hex)
        } else {
            let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte);
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            let mixed = digits > 2 && has(word, char::is_uppercase) && has(word, char::is_lowercase);
            (all(sign) && mixed && distinct(word) > 14).then_some(Looks::Base64)
        }
    });
    shape.or_else(|| (is_named && is_chosen(value)).then_some(Looks::Named))
}

/// Whether somebody may have chosen it for a secret: letters of one case alone are words, as in `open sesame`.
fn is_chosen(value: &str) -> bool {
    let length = value.chars().count();
    if value.starts_with("http://") || value.starts_with("https://") {
        return false;
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return length >= PIN;
    }
    let classes: [fn(char) -> bool; 3] = [char::is_lowercase, char::is_uppercase, char::is_numeric];
    let mixed = classes.into_iter().filter(|class| has(value, *class)).count() > 1;
    // A name, or the first word of a sentence.
    let capital = value.chars().skip(1).all(|sign| !sign.is_uppercase() && !sign.is_numeric());
    length >= NAMED && mixed && !capital
}

/// `header.claims.signature`, of which the first two begin as JSON in Base64 does.
fn is_web_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    matches!(parts.as_slice(), [header, claims, signature]
        if header.starts_with("eyJ") && claims.starts_with("eyJ") && !signature.is_empty())
        && parts.iter().all(|part| part.bytes().all(sign))
}

fn is_made_up(value: &str) -> bool {
    let folded = value.to_lowercase();
    let open = |sign: char| matches!(sign, '$' | '<' | '{' | '[' | '%');
    let words = || folded.split(|sign: char| !sign.is_alphabetic());
    folded.starts_with(open)
        || ["...", "…", "***"].iter().any(|left_out| folded.contains(left_out))
        || has_part(&folded)
        || words().any(|word| MADE_UP_WORDS.contains(&word))
        || distinct(&folded) < 4
        || is_sequence(&folded)
}

/// Whether a text in small letters says itself that it is made up.
fn has_part(folded: &str) -> bool {
    MADE_UP.iter().any(|part| folded.contains(part))
}

/// `12345678`, `0123456789abcdef`: most signs are the next one of that before.
fn is_sequence(value: &str) -> bool {
    let follows = |pair: &[u8]| match pair {
        [b'9', next] => matches!(next, b'0' | b'a'),
        [b'f', next] => matches!(next, b'0' | b'g'),
        [one, next] => one.checked_add(1) == Some(*next),
        _ => false,
    };
    let pairs = value.as_bytes().windows(2);
    let (all, following) = (pairs.len(), pairs.filter(|pair| follows(pair)).count());
    all > 1 && following * 3 >= all * 2
}

fn distinct(value: &str) -> usize {
    let mut signs: Vec<char> = value.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    signs.len()
}

fn has(value: &str, class: fn(char) -> bool) -> bool {
    value.chars().any(class)
}

/// A value of the same length and signs that nobody takes for a secret.
pub(crate) fn made_up(value: &str, looks: Looks) -> String {
    let value = value.trim();
    let length = value.chars().count().min(64);
    let filled = |start: &str, with: &str| start.chars().chain(with.chars().cycle()).take(length).collect();
    match looks {
        Looks::Known(known) if known.prefix.starts_with('-') => "a made-up private key".to_owned(),
        Looks::Known(known) => filled(known.prefix, "EXAMPLE"),
        Looks::WebToken => "eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.example".to_owned(),
        Looks::Hex if has(value, char::is_uppercase) => filled("", "0123456789ABCDEF"),
        Looks::Hex => filled("", "0123456789abcdef"),
        Looks::Named if value.bytes().all(|byte| byte.is_ascii_digit()) => filled("", "1234567890"),
        Looks::Base64 | Looks::Named if length > 7 => filled("", "example"),
        Looks::Base64 | Looks::Named => "example".to_owned(),
    }
}
