//! What is to be signed, at random.

use std::ops::RangeInclusive;

use fastrand::Rng;

/// A call, before anybody has signed it.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) method: &'static str,
    /// Where calls go, perhaps with a path in front of the operation's.
    pub(super) endpoint: String,
    /// What stands in the operation's path.
    pub(super) place: String,
    pub(super) pairs: Vec<(String, String)>,
    /// Seconds since 1970.
    pub(super) clock: u64,
    pub(super) random: [u8; 16],
    /// Whether a judge writes spaces as `+`.
    pub(super) plus: bool,
    /// What a judge names beside the signature, where that is in a header; no signature covers it.
    pub(super) realm: Option<String>,
}

/// Text that is written otherwise than it is in one place or another.
const PIECES: &[&str] = &[
    "a", "Z", "0", "-", ".", "_", "~", " ", "+", "%", "%41", "%2B", "&", "=", "/", "//", "?", "#", "!", "*",
    "'", "(", ")", ";", ":", "@", "$", ",", "[", "]", "{", "|", "}", "\\", "^", "`", "\"", "<", ">", "\n",
    "\t", "ä", "ß", "é", "e\u{301}", "ı", "日本", "ж", "😀", "\u{a0}", "\u{ffff}", "\u{7f}", "..", "./",
    "amp;", "null", "ab",
];

/// Text of some pieces, long now and then.
pub(super) fn text(random: &mut Rng, length: RangeInclusive<usize>) -> String {
    let long = random.u8(..) == 0;
    let length = if long { length.end() * 50 } else { random.usize(length) };
    (0..length).map(|_| PIECES[random.usize(..PIECES.len())]).collect()
}

/// A name of letters and digits.
pub(super) fn word(random: &mut Rng, length: RangeInclusive<usize>) -> String {
    let length = random.usize(length);
    (0..length).map(|_| random.alphanumeric()).collect()
}

impl Plan {
    /// `endpoints` are those that a scheme can say.
    pub(super) fn new(random: &mut Rng, methods: &[&'static str], endpoints: &[&str]) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for _ in 0..random.usize(..7) {
            let name = match (random.u8(..4), pairs.last()) {
                // The same name again, or one that begins like it.
                (0, Some((name, _))) => name.clone(),
                (1, Some((name, _))) => format!("{name}{}", text(random, 1..=1)),
                _ => text(random, 0..=3),
            };
            pairs.push((name, text(random, 0..=5)));
        }
        Self {
            method: methods[random.usize(..methods.len())],
            endpoint: endpoints[random.usize(..endpoints.len())].to_owned(),
            place: format!("x{}", text(random, 0..=3)),
            pairs,
            clock: random.u64(1_000_000_000..1_900_000_000),
            random: std::array::from_fn(|_| random.u8(..)),
            plus: random.bool(),
            realm: (random.u8(..4) == 0).then(|| format!("{}, oauth_token=", word(random, 0..=5))),
        }
    }

    /// Whether the parameters are in a form.
    pub(super) fn in_form(&self) -> bool {
        matches!(self.method, "POST" | "PUT")
    }
}
