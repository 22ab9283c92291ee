//! Values that must not be seen.

use std::fmt;

use subtle::ConstantTimeEq as _;
use zeroize::Zeroize;

use crate::{
    Blob, FormedText,
    wire::{Expected, FromText, FromWire, Slot, SlotKind, ToWire, Value},
};

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

/// What can be compared in a time that does not depend on where two values differ, so that [`Secret`]s of it can be.
///
/// ```
/// use wirewright::{ConstantTime, Secret, zeroize::Zeroize};
///
/// struct Pin([u8; 4]);
///
/// impl Zeroize for Pin {
///     fn zeroize(&mut self) {
///         self.0.zeroize();
///     }
/// }
///
/// impl ConstantTime for Pin {
///     fn is_same(&self, other: &Self) -> bool {
///         self.0.as_slice().is_same(other.0.as_slice())
///     }
/// }
///
/// assert!(Secret::new(Pin(*b"4711")) == Secret::new(Pin(*b"4711")));
/// assert!(Secret::new(Pin(*b"4711")) != Secret::new(Pin(*b"4712")));
/// ```
pub trait ConstantTime {
    /// Whether they are the same. Of texts and bytes the length may show in the time that it takes, and nothing else.
    fn is_same(&self, other: &Self) -> bool;
}

impl ConstantTime for [u8] {
    fn is_same(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl ConstantTime for Vec<u8> {
    fn is_same(&self, other: &Self) -> bool {
        self.as_slice().is_same(other.as_slice())
    }
}

impl ConstantTime for String {
    fn is_same(&self, other: &Self) -> bool {
        self.as_bytes().is_same(other.as_bytes())
    }
}

impl ConstantTime for Blob {
    fn is_same(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

impl<F> ConstantTime for FormedText<F> {
    fn is_same(&self, other: &Self) -> bool {
        let (this, that): (&[u8], &[u8]) = (self.as_ref(), other.as_ref());
        this.is_same(that)
    }
}

impl ConstantTime for i64 {
    fn is_same(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

/// Bit by bit: NaN is the same as itself, and 0 is not -0.
impl ConstantTime for f64 {
    fn is_same(&self, other: &Self) -> bool {
        self.to_bits().ct_eq(&other.to_bits()).into()
    }
}

/// Compares in a time that does not depend on where the values differ.
impl<T: Zeroize + ConstantTime> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

impl<T: Zeroize + ConstantTime> Eq for Secret<T> {}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
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
    const SECRET: bool = true;

    fn value(&self) -> Value<'_> {
        self.0.value()
    }
}

impl<'de, T: Zeroize + FromWire<'de>> FromWire<'de> for Secret<T> {
    const SLOT_KIND: SlotKind = T::SLOT_KIND;

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

    fn clear(&mut self) {
        self.0.clear();
    }

    fn samples(&self) -> &'static [&'static str] {
        self.0.samples()
    }
}
