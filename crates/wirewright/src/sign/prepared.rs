//! Keys that have been made ready, so that many requests are signed by one key whose own part is worked out once.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use zeroize::Zeroizing;

use super::{
    algorithm::{Algorithm, Prepared},
    step::Step,
};

/// How many keys are kept: a vendor signs by one or two.
const MOST: usize = 4;

/// The keys that a client signed by last, made ready for its next requests.
///
/// An HMAC begins with work on its key alone, and a key may be derived by several HMACs (AWS Signature Version 4 does so for each day): with
/// these that is done when the key changes, not for each request. What is signed is the same with and without them.
///
/// They belong to whoever signs: a client's [`Config`](crate::client::Config) has some, and hands them on by its
/// [context](crate::client::Config::context). A clone has none of them. They are wiped from memory when they are dropped, and when others take
/// their place.
///
/// ```
/// use wirewright::sign::PreparedKeys;
///
/// assert_eq!(format!("{:?}", PreparedKeys::new()), "[redacted]");
/// ```
#[derive(Default)]
pub struct PreparedKeys(Mutex<Vec<Kept>>);

/// A key that is ready, and what it was made of.
struct Kept {
    step: &'static Step,
    algorithm: &'static Algorithm,
    of: Zeroizing<Vec<u8>>,
    ready: Prepared,
}

impl PreparedKeys {
    /// None yet.
    pub const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The key of a step that is made of these bytes: the kept one, or the one that `make` gives, which is kept from now on.
    pub(super) fn ready<E>(
        &self,
        (step, algorithm): (&'static Step, &'static Algorithm),
        of: &[u8],
        make: impl FnOnce() -> Result<Option<Prepared>, E>,
    ) -> Result<Option<Prepared>, E> {
        // Whoever panicked left them whole: keys come and go in one step.
        let keys = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |kept: &&Kept| {
            std::ptr::eq(kept.step, step)
                && std::ptr::eq(kept.algorithm, algorithm)
                && kept.of.as_slice() == of
        };
        if let Some(found) = keys().iter().find(is_it) {
            return Ok(Some(Prepared::clone(&found.ready)));
        }
        let Some(ready) = make()? else { return Ok(None) };
        let mut keys = keys();
        if keys.len() >= MOST {
            keys.remove(0);
        }
        let of = Zeroizing::new(of.to_vec());
        keys.push(Kept { step, algorithm, of, ready: Prepared::clone(&ready) });
        Ok(Some(ready))
    }
}

/// Another client's keys are its own.
impl Clone for PreparedKeys {
    fn clone(&self) -> Self {
        Self::new()
    }
}

/// Shows nothing: they are secrets.
impl fmt::Debug for PreparedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(all(test, feature = "hashes"))]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::sign::{HMAC_SHA256, StepContent};

    #[test]
    fn a_key_is_made_once_while_it_is_kept() {
        static STEP: Step = Step::new("signature", StepContent::Template(&[]));
        static OTHER: Step = Step::new("signature", StepContent::Template(&[]));
        let (keys, count) = (PreparedKeys::new(), Cell::new(0));
        let ready = |step: &'static Step, of: &[u8]| {
            let make = || {
                count.set(count.get() + 1);
                Ok::<_, ()>(HMAC_SHA256.prepared(of))
            };
            assert!(keys.ready((step, &HMAC_SHA256), of, make).is_ok_and(|ready| ready.is_some()));
            count.get()
        };
        assert_eq!(
            [ready(&STEP, b"a"), ready(&STEP, b"a"), ready(&STEP, b"b"), ready(&STEP, b"a")],
            [1, 1, 2, 2]
        );
        // Another step's key is another one, whatever it is made of.
        assert_eq!([ready(&OTHER, b"a"), ready(&STEP, b"a")], [3, 3]);
        // The oldest goes, and no more are kept.
        assert_eq!(
            [ready(&STEP, b"c"), ready(&STEP, b"d"), ready(&STEP, b"b"), ready(&STEP, b"a")],
            [4, 5, 5, 6]
        );
        let clone = keys.clone();
        assert_eq!(
            (keys.0.lock().map(|keys| keys.len()).ok(), clone.0.lock().map(|keys| keys.len()).ok()),
            (Some(MOST), Some(0))
        );
    }
}
