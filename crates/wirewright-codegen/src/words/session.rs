//! The session, and the signature.

use super::vocabulary::{
    Alternative,
    Kind::{Choice, Entries, Flag, Table, Text, TextOrTable, Texts},
    Vocabulary, may, must,
};

/// `[session]`, or an entry of `[sessions]`.
pub const SESSION: Vocabulary = Vocabulary {
    place: "a session",
    facts: true,
    words: &[
        must("opens", Text, "The operation that opens it: `group/operation`. It opens no other kind."),
        may("closes", Text, "The operation that ends it."),
        may(
            "conditional",
            Flag,
            "Whether the call that opens it may succeed and open none. There is one when the reply has all that the session keeps, \
             which need not be promised then.",
        ),
        must("fields", Entries("a field of the session"), "What the session keeps."),
        may(
            "clock",
            Text,
            "Where the opening reply has the server's clock, in seconds since 1970-01-01 UTC: `data.x`. Parameters from the clock then carry the server's time.",
        ),
    ],
};

/// A field of the session.
pub const SESSION_FIELD: Vocabulary = Vocabulary {
    place: "a field of the session",
    facts: true,
    words: &[
        may("from", Text, "Where its value is: `request.x.y` or `data.x.y` of the opening operation."),
        may(
            "hmac-sha256",
            Texts,
            "Two such paths, key and message: the field is the message's HMAC-SHA256 under the key.",
        ),
        may("encode", Choice(TEXT_ENCODINGS), "The text of the HMAC. The default is base64."),
        may("secret", Flag, "Whether it must not be shown."),
        may("name", Text, "What it is called in Rust."),
    ],
};

/// How bytes become text.
pub const TEXT_ENCODINGS: &[Alternative] = &[
    ("base64", "With padding."),
    ("base64url", "The alphabet that is safe in URLs, with padding."),
    ("hex", "Lower case."),
];

/// `[signature]`
pub const SIGNATURE: Vocabulary = Vocabulary {
    place: "a signature",
    facts: true,
    words: &[
        must(
            "base",
            TextOrTable(&BASE),
            "What is signed: `\"oauth1\"` (RFC 5849, section 3.4.1), or a table that says it.",
        ),
        must("algorithm", Choice(&[("hmac-sha256", "RFC 2104 with SHA-256.")]), "How it is signed."),
        must(
            "key",
            Text,
            "The session's field whose text is the key. Sessions of a kind without it do not sign.",
        ),
        may("encode", Choice(TEXT_ENCODINGS), "The text of the signature. The default is base64."),
    ],
};

/// The base string of a signature.
pub const BASE: Vocabulary = Vocabulary {
    place: "a base string",
    facts: false,
    words: &[
        must(
            "parts",
            Texts,
            "`method`, `url`, `host`, `path`, `parameters`, or `=` and a literal text, in their order.",
        ),
        may("join", Text, "What stands between the parts. The default is `&`."),
        may(
            "encode",
            Choice(ENCODE_SETS),
            "How each part is encoded before they are joined. The default is none.",
        ),
        may("parameters", Table(&BASE_PARAMETERS), "How the parameters are written."),
    ],
};

/// The parameters in a base string.
pub const BASE_PARAMETERS: Vocabulary = Vocabulary {
    place: "the parameters of a base string",
    facts: false,
    words: &[
        may("order", Choice(ORDERS), "The default is sorted."),
        may("encode", Choice(ENCODE_SETS), "How each name and value is encoded. The default is rfc3986."),
        may("pair", Text, "What stands between a name and its value. The default is `=`."),
        may("pairs", Text, "What stands between parameters. The default is `&`."),
    ],
};

/// How a text is made safe.
pub const ENCODE_SETS: &[Alternative] = &[
    ("none", "As it is."),
    ("rfc3986", "All but letters, digits and `-._~` in percent codes."),
    ("form", "As in a form: a space is `+`."),
];

/// The order of parameters in a base string.
pub const ORDERS: &[Alternative] = &[
    ("sorted", "By name, then value, bytewise after encoding."),
    ("descending", "The reverse of sorted."),
    ("wire", "As in the request."),
];
