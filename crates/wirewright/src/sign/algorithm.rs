//! Hashes and HMACs, each as a value that a definition's data names: what no definition names is not linked.

use std::fmt;

use hmac::{
    Hmac, KeyInit as _, Mac as _,
    digest::{Digest, Output, block_api::EagerHash},
};
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::{Zeroize as _, Zeroizing};

/// Takes a message block by block.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[u8]);

/// Writes a message, once, to whoever takes it.
pub(super) type Message<'m> = &'m mut dyn FnMut(Sink<'_>);

/// How bytes become a digest: a hash, or an HMAC (RFC 2104, FIPS 198-1) with it.
///
/// ```
/// use wirewright::sign::{HMAC_SHA256, SHA256, TextEncoding};
///
/// let digest = HMAC_SHA256.of(Some(b"Jefe"), b"what do ya want for nothing?");
/// assert!(TextEncoding::Hex.encode(&digest).starts_with("5bdcc146"));
/// assert!(TextEncoding::Hex.encode(&SHA256.of(None, b"")).starts_with("e3b0c442"));
/// assert_eq!(HMAC_SHA256.name(), "hmac-sha256");
/// ```
pub struct Algorithm {
    name: &'static str,
    run: fn(&[u8], Message<'_>) -> Digested,
}

impl Algorithm {
    /// As definitions call it: `hmac-sha256`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it is an HMAC, which has a key of any length.
    pub fn has_key(&self) -> bool {
        self.name.starts_with("hmac-")
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

/// A digest of up to 64 bytes; it is a key where keys are derived from keys, and wiped like one.
pub(super) struct Digested {
    bytes: [u8; 64],
    length: usize,
}

impl Digested {
    fn new(bytes: &[u8]) -> Self {
        let mut digest = Self { bytes: [0; 64], length: bytes.len() };
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
        self.bytes.zeroize();
    }
}

fn hash<D: Digest>(_: &[u8], message: Message<'_>) -> Digested {
    let mut hash = D::new();
    message(&mut |block| hash.update(block));
    Digested::new(&hash.finalize())
}

fn mac<D: EagerHash + Digest>(key: &[u8], message: Message<'_>) -> Digested {
    // The key as one block, by the algorithm's definition: a longer one is hashed first, a shorter one is padded with zeros.
    let mut block = hmac::digest::Key::<Hmac<D>>::default();
    let digest: Output<D>;
    let short = if key.len() > D::block_size() {
        digest = D::digest(key);
        digest.as_slice()
    } else {
        key
    };
    for (place, byte) in block.iter_mut().zip(short) {
        *place = *byte;
    }
    let mut mac = Hmac::<D>::new(&block);
    block.as_mut_slice().zeroize();
    message(&mut |block| mac.update(block));
    Digested::new(&mac.finalize().into_bytes())
}

/// A hash.
const fn hashes<D: Digest>(name: &'static str) -> Algorithm {
    Algorithm { name, run: hash::<D> }
}

/// An HMAC.
const fn signs<D: EagerHash + Digest>(name: &'static str) -> Algorithm {
    Algorithm { name, run: mac::<D> }
}

/// SHA-224 (FIPS 180-4).
pub static SHA224: Algorithm = hashes::<Sha224>("sha224");
/// SHA-256 (FIPS 180-4).
pub static SHA256: Algorithm = hashes::<Sha256>("sha256");
/// SHA-384 (FIPS 180-4).
pub static SHA384: Algorithm = hashes::<Sha384>("sha384");
/// SHA-512 (FIPS 180-4).
pub static SHA512: Algorithm = hashes::<Sha512>("sha512");
/// HMAC with SHA-224.
pub static HMAC_SHA224: Algorithm = signs::<Sha224>("hmac-sha224");
/// HMAC with SHA-256.
pub static HMAC_SHA256: Algorithm = signs::<Sha256>("hmac-sha256");
/// HMAC with SHA-384.
pub static HMAC_SHA384: Algorithm = signs::<Sha384>("hmac-sha384");
/// HMAC with SHA-512.
pub static HMAC_SHA512: Algorithm = signs::<Sha512>("hmac-sha512");
/// MD5 (RFC 1321), which is broken: for vendors who sign with it still.
#[cfg(feature = "legacy-hashes")]
pub static MD5: Algorithm = hashes::<md5::Md5>("md5");
/// SHA-1 (RFC 3174), which is broken: for vendors who sign with it still.
#[cfg(feature = "legacy-hashes")]
pub static SHA1: Algorithm = hashes::<sha1::Sha1>("sha1");
/// HMAC with MD5: for vendors who sign with it still.
#[cfg(feature = "legacy-hashes")]
pub static HMAC_MD5: Algorithm = signs::<md5::Md5>("hmac-md5");
/// HMAC with SHA-1: for vendors who sign with it still.
#[cfg(feature = "legacy-hashes")]
pub static HMAC_SHA1: Algorithm = signs::<sha1::Sha1>("hmac-sha1");
