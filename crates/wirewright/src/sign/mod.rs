//! Signatures of requests.

mod base_string;
mod build;
mod encode_set;
mod parameters;
mod text;
mod url;

use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroize as _;

pub use self::{
    base_string::{BasePart, BaseString, ParameterOrder},
    encode_set::{EncodeSet, percent_encode},
};
use crate::Secret;

/// How a vendor's requests are signed. All of it comes from the definition.
#[derive(Debug)]
pub struct Signing {
    /// What is signed.
    pub base: BaseString,
    /// How the signature is written.
    pub encoding: TextEncoding,
}

impl Signing {
    /// The signature of a request under `key`.
    ///
    /// `verb` is in upper case, `url` has no query, and `parameters` is the request's whole
    /// `application/x-www-form-urlencoded` text without the signature itself.
    ///
    /// ```
    /// use wirewright::sign::{BaseString, Signing, TextEncoding};
    ///
    /// let signing = Signing { base: BaseString::OAUTH1, encoding: TextEncoding::Base64 };
    /// let signature = signing.sign(
    ///     b"session-key",
    ///     "GET",
    ///     "https://api.example.com/logout",
    ///     "f=json&s=a+b&a=TOKEN%2B1%2F2%3D",
    /// );
    /// assert_eq!(signature, "tF9KN03oIm/YPMDlhhbWj/0BcAIp8fp7CWdDx1W04MA=");
    /// ```
    pub fn sign(&self, key: &[u8], verb: &str, url: &str, parameters: &str) -> String {
        let mut mac = keyed(key);
        self.base.each_block(verb, url, parameters, &mut |block| mac.update(block));
        self.encoding.encode(&mac.finalize().into_bytes())
    }

    /// Whether `signature` is the one of this request, in a time that does not depend on where it differs.
    ///
    /// A `+` of base64 that was sent without percent-encoding arrives as a space; it is taken for a `+`. An empty key verifies
    /// nothing: anyone can sign with it.
    ///
    /// ```
    /// use wirewright::sign::{BaseString, Signing, TextEncoding};
    ///
    /// let signing = Signing { base: BaseString::OAUTH1, encoding: TextEncoding::Hex };
    /// let signature = signing.sign(b"key", "GET", "https://api.example/logout", "a=1");
    /// assert!(signing.verify(b"key", "GET", "https://api.example/logout", "a=1", &signature));
    /// assert!(!signing.verify(b"key", "GET", "https://api.example/logout", "a=2", &signature));
    /// ```
    pub fn verify(&self, key: &[u8], verb: &str, url: &str, parameters: &str, signature: &str) -> bool {
        if key.is_empty() {
            return false;
        }
        let expected = self.sign(key, verb, url, parameters);
        let received = match self.encoding {
            TextEncoding::Base64 => signature.replace(' ', "+"),
            TextEncoding::Base64Url | TextEncoding::Hex => String::from(signature),
        };
        expected.as_bytes().ct_eq(received.as_bytes()).into()
    }
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// The standard alphabet with padding (RFC 4648 section 4).
    Base64,
    /// The alphabet for URLs, with padding (RFC 4648 section 5).
    Base64Url,
    /// Lower-case hexadecimal.
    Hex,
}

impl TextEncoding {
    /// The text of `bytes`.
    pub fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Base64 => base64::engine::general_purpose::STANDARD.encode(bytes),
            Self::Base64Url => base64::engine::general_purpose::URL_SAFE.encode(bytes),
            Self::Hex => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
                bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte)]).collect()
            }
        }
    }
}

/// HMAC-SHA256 (RFC 2104, FIPS 198-1). A key of any length will do.
///
/// ```
/// let code = wirewright::sign::hmac_sha256(b"Jefe", b"what do ya want for nothing?");
/// assert!(code.starts_with(&[0x5b, 0xdc, 0xc1, 0x46]));
/// ```
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    keyed(key).chain_update(message).finalize().into_bytes().into()
}

/// HMAC-SHA256 before its message.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // The key as one block, by the algorithm's definition: a longer one is hashed first, a shorter one is padded with zeros.
    let mut block = [0; 64];
    let digest: [u8; 32];
    let short = if key.len() > block.len() {
        digest = Sha256::digest(key).into();
        &digest
    } else {
        key
    };
    for (place, byte) in block.iter_mut().zip(short) {
        *place = *byte;
    }
    let mac = Hmac::<Sha256>::new((&block).into());
    block.zeroize();
    mac
}

/// A key made from secrets: HMAC-SHA256 of `message` under `key`, as text.
///
/// ```
/// use wirewright::sign::{TextEncoding, derive_key};
///
/// // The example on the vendor's page: a session key from a password and a session secret.
/// let key = derive_key("test", "Olpq7NboSbO0gxym", TextEncoding::Base64);
/// assert_eq!(key.expose(), "pgBumyiK1xwvjLjcDLRCW7/LySPp+DUXQ3PpDU3c84w=");
/// ```
pub fn derive_key(key: &str, message: &str, encoding: TextEncoding) -> Secret<String> {
    Secret::new(encoding.encode(&hmac_sha256(key.as_bytes(), message.as_bytes())))
}
