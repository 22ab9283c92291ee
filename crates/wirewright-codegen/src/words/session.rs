//! The session, and the signature.

use super::vocabulary::{Alternative, Entries, alternatives, vocabulary};
use crate::model::{EncodeSet, ParameterOrder, TextEncoding};

vocabulary! {
    /// `[session]`, or an entry of `[sessions]`.
    SESSION, session: "a session" + facts;
    must OPENS = "opens", Text, "The operation that opens it: `group/operation`. It opens no other kind.";
    may CLOSES = "closes", Text, "The operation that ends it.";
    may CONDITIONAL = "conditional", Flag,
        "Whether the call that opens it may succeed and open none. There is one when the reply has all that the session keeps, \
         which need not be promised then.";
    must FIELDS = "fields", Entries(Entries::tables("a field of the session", &SESSION_FIELD)), "What the session keeps.";
    may CLOCK = "clock", Text,
        "Where the opening reply has the server's clock, in seconds since 1970-01-01 UTC: `data.x`. Parameters from the clock then carry the server's time.";
}

vocabulary! {
    /// A field of the session.
    SESSION_FIELD, session_field: "a field of the session" + facts;
    may FROM = "from", Text, "Where its value is: `request.x.y` or `data.x.y` of the opening operation.";
    may HMAC_SHA256 = "hmac-sha256", Texts,
        "Two such paths, key and message: the field is the message's HMAC-SHA256 under the key.";
    may ENCODE = "encode", Choice(TextEncodings), "The text of the HMAC. The default is base64.";
    may SECRET = "secret", Flag, "Whether it must not be shown.";
    may NAME = "name", Text, "What it is called in Rust.";
}

alternatives! {
    /// How bytes become text.
    TextEncodings: TextEncoding;
    "base64" => TextEncoding::Base64, "With padding.";
    "base64url" => TextEncoding::Base64Url, "The alphabet that is safe in URLs, with padding.";
    "hex" => TextEncoding::Hex, "Lower case.";
}

/// The base strings that have a name.
const BASES: &[Alternative] = &[("oauth1", "RFC 5849, section 3.4.1: method, URL and sorted parameters.")];

vocabulary! {
    /// `[signature]`
    SIGNATURE, signature: "a signature" + facts;
    must BASE = "base", TextOrTable(BASES, &BASE),
        "What is signed: `\"oauth1\"` (RFC 5849, section 3.4.1), or a table that says it.";
    must _ = "algorithm", Choice(Algorithms), "How it is signed.";
    must KEY = "key", Text,
        "The session's field whose text is the key. Sessions of a kind without it do not sign.";
    may ENCODE = "encode", Choice(TextEncodings), "The text of the signature. The default is base64.";
}

alternatives! {
    /// How a request is signed.
    Algorithms: ();
    "hmac-sha256" => (), "RFC 2104 with SHA-256.";
}

vocabulary! {
    /// The base string of a signature.
    BASE, base: "a base string";
    must PARTS = "parts", Texts,
        "`method`, `url`, `host`, `path`, `parameters`, or `=` and a literal text, in their order.";
    may JOIN = "join", Text, "What is between the parts. The default is `&`.";
    may ENCODE = "encode", Choice(EncodeSets),
        "How each part is encoded before they are joined. The default is none.";
    may PARAMETERS = "parameters", Table(&BASE_PARAMETERS), "How the parameters are written.";
}

vocabulary! {
    /// The parameters in a base string.
    BASE_PARAMETERS, base_parameters: "the parameters of a base string";
    may ORDER = "order", Choice(Orders), "The default is sorted.";
    may ENCODE = "encode", Choice(EncodeSets), "How each name and value is encoded. The default is rfc3986.";
    may PAIR = "pair", Text, "What is between a name and its value. The default is `=`.";
    may PAIRS = "pairs", Text, "What is between parameters. The default is `&`.";
}

alternatives! {
    /// How a text is made safe.
    EncodeSets: EncodeSet;
    "none" => EncodeSet::None, "As it is.";
    "rfc3986" => EncodeSet::Rfc3986, "All but letters, digits and `-._~` in percent codes.";
    "form" => EncodeSet::Form, "As in a form: a space is `+`.";
}

alternatives! {
    /// The order of parameters in a base string.
    Orders: ParameterOrder;
    "sorted" => ParameterOrder::Sorted, "By name, then value, bytewise after encoding.";
    "descending" => ParameterOrder::Descending, "The reverse of sorted.";
    "wire" => ParameterOrder::Wire, "As in the request.";
}
