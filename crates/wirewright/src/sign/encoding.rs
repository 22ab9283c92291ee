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
            Self::Hex | Self::HexUppercase => {
                let mut text = vec![0; 2 * bytes.len()];
                self.write(bytes, &mut text);
                // Digits are ASCII.
                String::from_utf8(text).unwrap_or_default()
            }
        }
    }

    /// The text of a digest, which is written to `place`: as [`encode`](Self::encode) has it, but without a text of its own. `None`: there is
    /// no room for it.
    pub(super) fn write<'p>(self, bytes: &[u8], place: &'p mut [u8]) -> Option<&'p mut [u8]> {
        let length = match self {
            Self::Base64 => general_purpose::STANDARD.encode_slice(bytes, place).ok()?,
            Self::Base64Url => general_purpose::URL_SAFE.encode_slice(bytes, place).ok()?,
            Self::Base64UrlUnpadded => general_purpose::URL_SAFE_NO_PAD.encode_slice(bytes, place).ok()?,
            Self::Hex | Self::HexUppercase => {
                let digits = if self == Self::Hex { LOWER } else { UPPER };
                let (pairs, _) = place.get_mut(..2 * bytes.len())?.as_chunks_mut::<2>();
                for (pair, byte) in pairs.iter_mut().zip(bytes) {
                    *pair = hexadecimal(*byte, digits);
                }
                2 * bytes.len()
            }
        };
        place.get_mut(..length)
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

const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

fn hexadecimal(byte: u8, digits: &[u8; 16]) -> [u8; 2] {
    [byte >> 4, byte & 15].map(|digit| digits.get(usize::from(digit)).copied().unwrap_or(b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_in_a_place_of_its_own() {
        let bytes: Vec<u8> = (0..64).map(|byte: u8| byte.wrapping_mul(37)).collect();
        for encoding in [
            TextEncoding::Base64,
            TextEncoding::Base64Url,
            TextEncoding::Base64UrlUnpadded,
            TextEncoding::Hex,
            TextEncoding::HexUppercase,
        ] {
            for length in [0, 1, 20, 32, 63, 64] {
                let (bytes, mut place) = (&bytes[..length], [0; 128]);
                let text = encoding.encode(bytes);
                assert_eq!(
                    encoding.write(bytes, &mut place).as_deref(),
                    Some(text.as_bytes()),
                    "{encoding:?}"
                );
                assert_eq!(encoding.decode(&text).as_deref(), Some(bytes), "{encoding:?}");
                if length > 0 {
                    assert_eq!(encoding.write(bytes, &mut place[..text.len() - 1]), None, "{encoding:?}");
                }
            }
        }
    }
}
