//! Texts that have a form.

use std::{borrow::Cow, fmt, hash, marker::PhantomData, str::FromStr};

use zeroize::Zeroize;

use crate::wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value};

/// The forms that a vendor's text may have.
pub trait TextForms: 'static {
    /// In a form, `0` stands for a digit, `a` for a letter and `*` for either, of ASCII. Every other character stands for itself,
    /// and so does one behind `\`.
    const FORMS: &'static [&'static str];
    /// A text of each of the forms, for samples.
    const SAMPLES: &'static [&'static str];
}

/// A text in one of the forms of `F`, a telephone number say.
///
/// Who makes one is told when it has none of the forms. What a vendor sends is kept as it came, and
/// [`is_well_formed`](Self::is_well_formed) tells it apart.
///
/// ```
/// use wirewright::{FormedText, TextForms, Wire, query};
///
/// enum Zip {}
///
/// impl TextForms for Zip {
///     const FORMS: &'static [&'static str] = &["00000", "00000-0000"];
///     const SAMPLES: &'static [&'static str] = &["55555", "55555-5555"];
/// }
///
/// let zip: FormedText<Zip> = "25301".parse()?;
/// assert_eq!(zip.as_str(), "25301");
/// assert_eq!(
///     FormedText::<Zip>::new("WV 25301").unwrap_err().to_string(),
///     "expected a text of the form `00000` or `00000-0000` (0: a digit)",
/// );
///
/// #[derive(Wire)]
/// struct Address {
///     zip: FormedText<Zip>,
/// }
///
/// let address: Address = query::from_str("zip=WV+25301")?;
/// assert!(!address.zip.is_well_formed());
/// assert_eq!(query::to_string(&address)?, "zip=WV+25301");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct FormedText<F> {
    text: String,
    forms: PhantomData<fn() -> F>,
}

impl<F: TextForms> FormedText<F> {
    /// A text of one of the forms.
    ///
    /// # Errors
    ///
    /// The forms, when the text has none of them.
    pub fn new(text: impl Into<String>) -> Result<Self, FormError> {
        let text = text.into();
        if has_form(F::FORMS, &text) {
            Ok(Self { text, forms: PhantomData })
        } else {
            Err(FormError { forms: F::FORMS })
        }
    }

    /// Whether the text has one of the forms. One that was made here has; one that came from the wire need not.
    pub fn is_well_formed(&self) -> bool {
        has_form(F::FORMS, &self.text)
    }
}

impl<F> FormedText<F> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.text
    }
}

fn has_form(forms: &[&str], text: &str) -> bool {
    forms.iter().any(|form| fits(form, text))
}

fn fits(form: &str, text: &str) -> bool {
    let mut letters = text.chars();
    let mut form = form.chars();
    while let Some(wanted) = form.next() {
        let Some(letter) = letters.next() else { return false };
        let fits = match wanted {
            '0' => letter.is_ascii_digit(),
            'a' => letter.is_ascii_alphabetic(),
            '*' => letter.is_ascii_alphanumeric(),
            '\\' => form.next() == Some(letter),
            wanted => wanted == letter,
        };
        if !fits {
            return false;
        }
    }
    letters.next().is_none()
}

/// A text has none of the forms that its type knows. It does not show the text, which may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormError {
    forms: &'static [&'static str],
}

impl FormError {
    /// The forms that would do; see [`TextForms::FORMS`].
    pub const fn forms(&self) -> &'static [&'static str] {
        self.forms
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a text of the form ")?;
        for (index, form) in self.forms.iter().enumerate() {
            write!(f, "{}`{form}`", if index == 0 { "" } else { " or " })?;
        }
        let mut joint = " (";
        for (sign, meaning) in [('0', "a digit"), ('a', "a letter"), ('*', "a digit or a letter")] {
            if self.forms.iter().any(|form| form.contains(sign)) {
                write!(f, "{joint}{sign}: {meaning}")?;
                joint = ", ";
            }
        }
        f.write_str(if joint == ", " { ")" } else { "" })
    }
}

impl std::error::Error for FormError {}

impl<F> Clone for FormedText<F> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), forms: PhantomData }
    }
}

impl<F> Default for FormedText<F> {
    /// The empty text, which has none of the forms as a rule.
    fn default() -> Self {
        Self { text: String::new(), forms: PhantomData }
    }
}

impl<F> PartialEq for FormedText<F> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<F> Eq for FormedText<F> {}

impl<F> hash::Hash for FormedText<F> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<F> fmt::Display for FormedText<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<F> fmt::Debug for FormedText<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<F> AsRef<str> for FormedText<F> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<F> AsRef<[u8]> for FormedText<F> {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl<F> Zeroize for FormedText<F> {
    fn zeroize(&mut self) {
        self.text.zeroize();
    }
}

impl<F: TextForms> FromStr for FormedText<F> {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        Self::new(text)
    }
}

impl<F: TextForms> TryFrom<&str> for FormedText<F> {
    type Error = FormError;

    fn try_from(text: &str) -> Result<Self, FormError> {
        Self::new(text)
    }
}

impl<F: TextForms> TryFrom<String> for FormedText<F> {
    type Error = FormError;

    fn try_from(text: String) -> Result<Self, FormError> {
        Self::new(text)
    }
}

impl<F> ToText for FormedText<F> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

impl<F: TextForms> FromText for FormedText<F> {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        text.clone_into(&mut self.text);
        Ok(())
    }

    fn clear(&mut self) {
        *self = FromWire::empty();
    }

    fn samples(&self) -> &'static [&'static str] {
        F::SAMPLES
    }
}

impl<F> ToWire for FormedText<F> {
    fn value(&self) -> Value<'_> {
        Value::Str(&self.text)
    }
}

impl<'de, F: TextForms> FromWire<'de> for FormedText<F> {
    fn empty() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_as_they_read() {
        for (form, text, expected) in [
            ("000-000-0000", "304-555-0147", true),
            ("000-000-0000", "304-555-014", false),
            ("000-000-0000", "304-555-01478", false),
            ("000-000-0000", "304.555.0147", false),
            ("000", "٣٤٥", false),
            ("aa-aa", "en-US", true),
            ("aa-aa", "e1-us", false),
            ("**", "e1", true),
            ("**", "é1", false),
            ("\\0\\a-0", "0a-7", true),
            ("\\0\\a-0", "1a-7", false),
            ("", "", true),
            ("größe 0", "größe 1", true),
        ] {
            assert_eq!(fits(form, text), expected, "{form} {text}");
        }
    }
}
