//! Values that are computed of a request: signatures, digests, keys, composed headers.

use super::vocabulary::{alternatives, vocabulary};
use crate::model::{Algorithm, EncodeSet, PairOrder, PairSource, TextEncoding};

vocabulary! {
    /// An entry of `[computed]`.
    COMPUTED, computed: "a computed value" + facts;
    may TEXT = "text", Text,
        "What it is made of: a text with values in braces, `\"{method}&{url}&{pairs}\"`. `{{` and `}}` are braces; see below for the values.";
    may PAIRS = "pairs", ChoiceOrChoices(PairSources),
        "What it is made of, instead of a `text`: names and values of the request. Files are never among them, nor are \
         parameters that are made of these pairs themselves.";
    may PAIRS_OF = "pairs-of", Text,
        "What it is made of, instead of a `text`: the same pairs as that computed value, written otherwise.";
    may ONLY = "only", TextOrTexts, "The names of the pairs that are taken; a final `*` is any rest. The default is all.";
    may EXCEPT = "except", TextOrTexts, "The names of the pairs that are left out, in the same way.";
    may MUST_INCLUDE = "must-include", TextOrTexts,
        "The names that must be among the pairs where a request tells a server which ones it has signed; with a final `*`: whatever is \
         sent under such a name.";
    may ORDER = "order", Choice(PairOrders), "The order of the pairs. The default is sorted.";
    may EACH = "each", Text, "How a pair is written, with `{name}` and `{value}`. The default is `{name}={value}`.";
    may JOIN = "join", Text, "What is between the pairs. The default is `&`.";
    may PREFIX = "prefix", Text, "What is before the first pair, if there is one.";
    may LOWERCASE = "lowercase-names", Flag, "Whether the names of the pairs are written in lower case. Those of headers always are.";
    may REPEATED = "repeated", Text,
        "What is between the values of a name that comes more than once. The default is to write each of them with the name.";
    may COLLAPSE = "collapse-spaces", Flag, "Whether several spaces in a value become one. Around the values of headers there never are any.";
    may PERCENT_ENCODE = "percent-encode", Choice(EncodeSets),
        "How each value in braces, or each name and value of the pairs, is percent-encoded; what is literal never is. The default is none.";
    may ALGORITHM = "algorithm", ChoiceOrChoices(Algorithms),
        "What the text is hashed by, or signed by with a `key`. Of several, a client uses the first unless its config names another one, \
         and a server takes all.";
    may KEY = "key", TextOrTexts,
        "The key of an HMAC: a text with values in braces. Of several, each further one is a message under the HMAC of those before it, \
         and the last HMAC is the key.";
    may KEY_ENCODING = "key-encoding", Choice(TextEncodings),
        "What the key is written in: its bytes are what that tells. Without it they are those of the text.";
    may ENCODING = "encoding", Choice(TextEncodings),
        "The text of a digest, which has to be said; without an `algorithm`, that of the text's own bytes.";
    may IN_REPLY_HEADER = "in-reply-header", Text,
        "The header of each reply that carries it, where the vendor signs its replies so, in any format: in its texts `{body}` and \
         `{header.x}` are the reply's. As with `in-reply`, a client takes no success without it.";
    may IN_REPLY = "in-reply", Text,
        "The pair of each reply that carries it, where the vendor signs its replies: a client takes no success in which it is another one, \
         or missing, and a server that knows the client writes it.";
}

alternatives! {
    /// Where pairs are.
    PairSources: PairSource;
    "query" => PairSource::Query, "The parameters behind the `?` of the URL.";
    "form" => PairSource::Form, "Those in the form that is the body.";
    "parameters" => PairSource::Parameters, "Both.";
    "headers" => PairSource::Headers, "The headers.";
    "reply" => PairSource::Reply, "Those of the reply, which is a query string.";
    "computed" => PairSource::Computed, "The parameters with `in = \"computed\"`, but for the client's secrets.";
}

alternatives! {
    /// The order of pairs.
    PairOrders: PairOrder;
    "sorted" => PairOrder::Sorted, "By name, then value, bytewise after percent-encoding.";
    "sorted-before-encoding" => PairOrder::SortedBeforeEncoding, "By name, then value, bytewise before percent-encoding.";
    "descending" => PairOrder::Descending, "The reverse of sorted.";
    "wire" => PairOrder::Wire, "As in the request.";
}

alternatives! {
    /// How a text is made safe.
    EncodeSets: EncodeSet;
    "none" => EncodeSet::None, "As it is.";
    "rfc3986" => EncodeSet::Rfc3986, "All but letters, digits and `-._~` in percent codes.";
    "path" => EncodeSet::Path, "As `rfc3986`, but a `/` stays.";
    "form" => EncodeSet::Form, "As in a form: a space is `+`.";
    "as-sent" => EncodeSet::AsSent, "Names and values of pairs as they are in the request.";
}

alternatives! {
    /// What a text is hashed or signed by.
    Algorithms: Algorithm;
    "md5" => Algorithm::Md5, "RFC 1321.";
    "sha1" => Algorithm::Sha1, "RFC 3174.";
    "sha224" => Algorithm::Sha224, "FIPS 180-4.";
    "sha256" => Algorithm::Sha256, "FIPS 180-4.";
    "sha384" => Algorithm::Sha384, "FIPS 180-4.";
    "sha512" => Algorithm::Sha512, "FIPS 180-4.";
    "hmac-md5" => Algorithm::HmacMd5, "RFC 2104 with MD5.";
    "hmac-sha1" => Algorithm::HmacSha1, "RFC 2104 with SHA-1.";
    "hmac-sha224" => Algorithm::HmacSha224, "RFC 2104 with SHA-224.";
    "hmac-sha256" => Algorithm::HmacSha256, "RFC 2104 with SHA-256.";
    "hmac-sha384" => Algorithm::HmacSha384, "RFC 2104 with SHA-384.";
    "hmac-sha512" => Algorithm::HmacSha512, "RFC 2104 with SHA-512.";
}

alternatives! {
    /// How bytes become text.
    TextEncodings: TextEncoding;
    "base64" => TextEncoding::Base64, "With padding.";
    "base64url" => TextEncoding::Base64Url, "The alphabet that is safe in URLs, with padding.";
    "base64url-unpadded" => TextEncoding::Base64UrlUnpadded, "The same without padding.";
    "hex" => TextEncoding::Hex, "Lower case.";
    "hex-uppercase" => TextEncoding::HexUppercase, "Upper case.";
}
