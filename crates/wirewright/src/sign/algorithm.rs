//! What a hash or an HMAC is to whoever computes values.

use std::{fmt, sync::Arc};

use zeroize::{Zeroize as _, Zeroizing};

/// Takes a message block by block.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[u8]);

/// Writes a message, once, to whoever takes it.
pub(super) type Message<'m> = &'m mut dyn FnMut(Sink<'_>);

/// How bytes become a digest: a hash, or an HMAC (RFC 2104, FIPS 198-1) with it.
///
/// With the feature `hashes` there are some:
///
/// ```
/// # #[cfg(feature = "hashes")] {
/// use wirewright::sign::{HMAC_SHA256, SHA256, TextEncoding};
///
/// let digest = HMAC_SHA256.of(Some(b"Jefe"), b"what do ya want for nothing?");
/// assert!(TextEncoding::Hex.encode(&digest).starts_with("5bdcc146"));
/// assert!(TextEncoding::Hex.encode(&SHA256.of(None, b"")).starts_with("e3b0c442"));
/// assert_eq!(HMAC_SHA256.name(), "hmac-sha256");
/// # }
/// ```
pub struct Algorithm {
    name: &'static str,
    run: fn(&[u8], Message<'_>) -> Digested,
    /// Makes a key ready; a hash has none.
    prepare: Option<fn(&[u8]) -> Prepared>,
}

/// A key whose own part of the work is done: it can be wiped, and messages are signed by what came of it.
pub(super) trait PreparedKey: Send + Sync {
    /// The digest of a message.
    fn digest(&self, message: Message<'_>) -> Digested;
}

/// One that several threads may sign by.
pub(super) type Prepared = Arc<dyn PreparedKey>;

impl Algorithm {
    #[cfg(feature = "hashes")]
    pub(super) const fn new(
        name: &'static str,
        run: fn(&[u8], Message<'_>) -> Digested,
        prepare: Option<fn(&[u8]) -> Prepared>,
    ) -> Self {
        Self { name, run, prepare }
    }

    /// As definitions call it: `hmac-sha256`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it is an HMAC, which has a key of any length.
    pub const fn has_key(&self) -> bool {
        self.prepare.is_some()
    }

    /// The digest of a message. A hash has no key.
    pub fn of(&self, key: Option<&[u8]>, message: &[u8]) -> Zeroizing<Vec<u8>> {
        let digest = (self.run)(key.unwrap_or_default(), &mut |sink| sink(message));
        Zeroizing::new(digest.bytes().to_vec())
    }

    /// The digest of a message that is written while it is made.
    pub(super) fn digest(&self, key: &[u8], message: Message<'_>) -> Digested {
        (self.run)(key, message)
    }

    /// A key that messages are signed by one after the other.
    pub(super) fn prepared(&self, key: &[u8]) -> Option<Prepared> {
        self.prepare.map(|prepare| prepare(key))
    }
}

impl fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Algorithm {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Algorithm {}

/// How many bytes the longest digest has.
pub(super) const LONGEST: usize = 64;

/// A digest of up to 64 bytes; it is a key where keys are derived from keys, and wiped like one.
#[derive(Clone)]
pub(super) struct Digested {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Digested {
    #[cfg(feature = "hashes")]
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut digest = Self { bytes: [0; LONGEST], length: bytes.len() };
        for (place, byte) in digest.bytes.iter_mut().zip(bytes) {
            *place = *byte;
        }
        digest
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Drop for Digested {
    fn drop(&mut self) {
        self.bytes.get_mut(..self.length).unwrap_or_default().zeroize();
    }
}
