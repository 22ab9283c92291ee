//! Texts that are tables: a line for each row, and something between the cells.

use std::{borrow::Cow, fmt, hash, marker::PhantomData};

use crate::wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value};

/// What separates the cells and the lines of a vendor's tables.
pub trait TextSeparators: 'static {
    /// What is between the cells of a line.
    const CELLS: &'static str;
    /// What is between the lines. A line feed is one behind a carriage return as well.
    const LINES: &'static str;
    /// A table, for samples.
    const SAMPLES: &'static [&'static str];
}

/// A text that is a table: its first line has the headings. It is kept as it came; with the feature `rows` it is read row by row.
///
/// A cell may be in double quotes, inside of which separators are text and two of them are one (RFC 4180).
///
/// ```
/// # #[cfg(feature = "rows")] {
/// use wirewright::{SeparatedText, TextSeparators, Wire, xml};
///
/// enum Comma {}
///
/// impl TextSeparators for Comma {
///     const CELLS: &'static str = ",";
///     const LINES: &'static str = "\n";
///     const SAMPLES: &'static [&'static str] = &["store,amount\n12,19.5"];
/// }
///
/// #[derive(Wire)]
/// #[wire(root = "out")]
/// struct Reply {
///     csv: SeparatedText<Comma>,
/// }
///
/// #[derive(Debug, PartialEq, Wire)]
/// struct Sale {
///     store: u32,
///     note: Option<String>,
/// }
///
/// let reply: Reply = xml::from_str("<out><csv><![CDATA[store,note\n12,\"paid, packed\"\n13,\n]]></csv></out>").unwrap();
/// let sales: Vec<Sale> = reply.csv.rows().rows_as().collect::<Result<_, _>>().unwrap();
/// assert_eq!(sales[0], Sale { store: 12, note: Some("paid, packed".to_owned()) });
/// assert_eq!(sales[1].note, None);
/// # }
/// ```
pub struct SeparatedText<F> {
    text: String,
    separators: PhantomData<fn() -> F>,
}

impl<F> SeparatedText<F> {
    /// A table as it is written.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), separators: PhantomData }
    }

    /// The table as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same, owned.
    pub fn into_string(self) -> String {
        self.text
    }
}

impl<F: TextSeparators> SeparatedText<F> {
    /// A table of these headings and rows. A cell with a separator or a double quote in it is written in double quotes.
    pub fn of<C: AsRef<str>>(
        headings: impl IntoIterator<Item = C>,
        rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>,
    ) -> Self {
        let mut text = String::new();
        line::<F, C>(&mut text, headings);
        for row in rows {
            text.push_str(F::LINES);
            line::<F, C>(&mut text, row);
        }
        Self::new(text)
    }
}

fn line<F: TextSeparators, C: AsRef<str>>(text: &mut String, cells: impl IntoIterator<Item = C>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push_str(F::CELLS);
        }
        let cell = cell.as_ref();
        let is_plain = !["\"", "\r", "\n", F::CELLS, F::LINES].iter().any(|part| cell.contains(part));
        // White space around a cell is a part of it for some readers only.
        if is_plain && cell.trim() == cell {
            text.push_str(cell);
        } else {
            text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
        }
    }
}

impl<F> Clone for SeparatedText<F> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<F> Default for SeparatedText<F> {
    /// A table without columns.
    fn default() -> Self {
        Self::new("")
    }
}

impl<F> PartialEq for SeparatedText<F> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<F> Eq for SeparatedText<F> {}

impl<F> hash::Hash for SeparatedText<F> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<F> From<String> for SeparatedText<F> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl<F> From<&str> for SeparatedText<F> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<F> fmt::Display for SeparatedText<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<F> fmt::Debug for SeparatedText<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<F> AsRef<str> for SeparatedText<F> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<F> ToText for SeparatedText<F> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

impl<F: TextSeparators> FromText for SeparatedText<F> {
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

impl<F> ToWire for SeparatedText<F> {
    fn value(&self) -> Value<'_> {
        Value::Str(&self.text)
    }
}

impl<'de, F: TextSeparators> FromWire<'de> for SeparatedText<F> {
    fn empty() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Text(self)
    }
}
