//! The hashes and HMACs, each as a value that a definition's data names: what no definition names is not linked.

use std::sync::Arc;

use hmac::{
    Hmac, KeyInit as _, Mac as _,
    digest::{Digest, Output, block_api::EagerHash},
};
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroize as _;

use super::algorithm::{Algorithm, Digested, Message, Prepared, PreparedKey};

fn hash<D: Digest>(_: &[u8], message: Message<'_>) -> Digested {
    let mut hash = D::new();
    message(&mut |block| hash.update(block));
    Digested::new(&hash.finalize())
}

/// An HMAC that has taken its key: the two blocks that are made of it (RFC 2104 section 4), and no copy of the key itself.
struct Keyed<D: EagerHash>(Hmac<D>);

impl<D: EagerHash + Digest> Keyed<D> {
    fn new(key: &[u8]) -> Self {
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
        let keyed = Self(Hmac::new(&block));
        block.as_mut_slice().zeroize();
        keyed
    }

    fn finish(self, message: Message<'_>) -> Digested {
        let Self(mut mac) = self;
        message(&mut |block| mac.update(block));
        Digested::new(&mac.finalize().into_bytes())
    }
}

impl<D: EagerHash<Core: Send + Sync> + Digest> PreparedKey for Keyed<D> {
    fn digest(&self, message: Message<'_>) -> Digested {
        Self(self.0.clone()).finish(message)
    }
}

fn mac<D: EagerHash + Digest>(key: &[u8], message: Message<'_>) -> Digested {
    Keyed::<D>::new(key).finish(message)
}

fn prepare<D: EagerHash<Core: Send + Sync> + Digest + 'static>(key: &[u8]) -> Prepared {
    Arc::new(Keyed::<D>::new(key))
}

/// A hash.
const fn hashes<D: Digest>(name: &'static str) -> Algorithm {
    Algorithm::new(name, hash::<D>, None)
}

/// An HMAC.
const fn signs<D: EagerHash<Core: Send + Sync> + Digest + 'static>(name: &'static str) -> Algorithm {
    Algorithm::new(name, mac::<D>, Some(prepare::<D>))
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
