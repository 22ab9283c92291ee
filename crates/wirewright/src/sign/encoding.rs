//! Bytes as text.

use base64::{Engine as _, engine::general_purpose};

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// The standard alphabet with padding (RFC 4648 section 4).
    Base64,
    /// The alphabet for URLs, with padding (RFC 4648 section 5).
    Base64Url,
    /// The alphabet for URLs, without padding.
    Base64UrlUnpadded,
    /// Lower-case hexadecimal.
    Hex,
    /// Upper-case hexadecimal.
    HexUppercase,
}

impl TextEncoding {
    /// The text of `bytes`.
    ///
    /// ```
    /// use wirewright::sign::TextEncoding;
    ///
    /// assert_eq!(TextEncoding::Base64Url.encode(&[0xfb, 0xff]), "-_8=");
    /// assert_eq!(TextEncoding::HexUppercase.encode(&[0xfb, 0xff]), "FBFF");
    /// ```
    pub fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Base64 => general_purpose::STANDARD.encode(bytes),
            Self::Base64Url => general_purpose::URL_SAFE.encode(bytes),
            Self::Base64UrlUnpadded => general_purpose::URL_SAFE_NO_PAD.encode(bytes),
            Self::Hex => hexadecimal(bytes, *b"0123456789abcdef"),
            Self::HexUppercase => hexadecimal(bytes, *b"0123456789ABCDEF"),
        }
    }

    /// The bytes of `text`; padding may be absent. `None`: it is no such text.
    ///
    /// ```
    /// use wirewright::sign::TextEncoding;
    ///
    /// assert_eq!(TextEncoding::Base64Url.decode("-_8"), Some(vec![0xfb, 0xff]));
    /// assert_eq!(TextEncoding::Hex.decode("fbFF"), Some(vec![0xfb, 0xff]));
    /// assert_eq!(TextEncoding::Hex.decode("fbF"), None);
    /// ```
    pub fn decode(self, text: &str) -> Option<Vec<u8>> {
        let bare = text.trim_end_matches('=');
        match self {
            Self::Base64 => general_purpose::STANDARD_NO_PAD.decode(bare).ok(),
            Self::Base64Url | Self::Base64UrlUnpadded => general_purpose::URL_SAFE_NO_PAD.decode(bare).ok(),
            Self::Hex | Self::HexUppercase => {
                let (pairs, rest) = text.as_bytes().as_chunks::<2>();
                let bytes = pairs.iter().map(|[high, low]| crate::text::form::hexadecimal(*high, *low));
                bytes.collect::<Option<Vec<u8>>>().filter(|_| rest.is_empty())
            }
        }
    }
}

fn hexadecimal(bytes: &[u8], digits: [u8; 16]) -> String {
    let digit = |nibble: u8| digits.get(usize::from(nibble & 15)).copied().unwrap_or(b'0');
    let mut text = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.extend_from_slice(&[digit(byte >> 4), digit(*byte)]);
    }
    // Digits are ASCII.
    String::from_utf8(text).unwrap_or_default()
}
