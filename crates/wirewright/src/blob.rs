//! Bytes as text.

use std::{borrow::Cow, fmt};

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroize;

use crate::wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value};

/// Bytes that are base64 on the wire (RFC 4648 section 4). They are written with padding, and read with or without it and in
/// the alphabet for URLs as well.
///
/// `Debug` shows their number only.
///
/// ```
/// use wirewright::{Blob, Wire, json};
///
/// #[derive(Wire)]
/// struct Picture {
///     data: Blob,
/// }
///
/// let picture: Picture = json::from_str(r#"{"data": "_-8"}"#)?;
/// assert_eq!(picture.data, Blob(vec![0xff, 0xef]));
/// assert_eq!(json::to_string(&picture).unwrap(), r#"{"data":"/+8="}"#);
/// # Ok::<(), wirewright::DecodeError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Blob(pub Vec<u8>);

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const READER: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Blob {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Zeroize for Blob {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl ToText for Blob {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(READER.encode(&self.0))
    }
}

impl FromText for Blob {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        let mut standard: String = text
            .chars()
            .filter(|c| !c.is_ascii_whitespace())
            .map(|c| match c {
                '-' => '+',
                '_' => '/',
                c => c,
            })
            .collect();
        let bytes = READER.decode(&standard);
        // The text may be a secret's.
        standard.zeroize();
        self.0 = bytes.map_err(|_| Expected::new("bytes in base64"))?;
        Ok(())
    }

    fn clear(&mut self) {
        *self = FromWire::empty();
    }

    fn samples(&self) -> &'static [&'static str] {
        &["AQID", "", "/+8="]
    }
}

impl ToWire for Blob {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl<'de> FromWire<'de> for Blob {
    fn empty() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Text(self)
    }
}
