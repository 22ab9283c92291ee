//! Values that must not be seen.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use subtle::ConstantTimeEq as _;
use zeroize::Zeroize;

use crate::wire::{Expected, FromText, FromWire, Slot, ToWire, Value};

/// A value that is never printed, never serialised unless asked by name, and wiped from memory when dropped.
///
/// ```
/// use wirewright::Secret;
///
/// let password = Secret::from("hunter2");
/// assert_eq!(format!("{password:?}"), "[redacted]");
/// assert_eq!(password.expose(), "hunter2");
/// assert_eq!(password, Secret::from("hunter2"));
/// ```
///
/// It has no `Display`, so that it cannot be formatted into a text by mistake:
///
/// ```compile_fail
/// println!("{}", wirewright::Secret::from("hunter2"));
/// ```
#[derive(Clone, Default)]
pub struct Secret<T: Zeroize = String>(T);

impl<T: Zeroize> Secret<T> {
    /// Hides `value`.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value in the clear. Every place where a secret can be seen calls this by name.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Compares in a time that does not depend on where the values differ.
impl<T: Zeroize + AsRef<[u8]>> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().ct_eq(other.0.as_ref()).into()
    }
}

impl<T: Zeroize + AsRef<[u8]>> Eq for Secret<T> {}

impl From<String> for Secret<String> {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T: Zeroize + ToWire> ToWire for Secret<T> {
    const OPTIONAL: bool = T::OPTIONAL;

    fn value(&self) -> Value<'_> {
        self.0.value()
    }
}

impl<'de, T: Zeroize + FromWire<'de>> FromWire<'de> for Secret<T> {
    fn empty() -> Self {
        Self(T::empty())
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        self.0.slot()
    }
}

impl<T: Zeroize + FromText> FromText for Secret<T> {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        self.0.set(text)
    }

    fn samples(&self) -> &'static [&'static str] {
        self.0.samples()
    }
}
