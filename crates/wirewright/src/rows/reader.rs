//! Rows from anything that implements `BufRead`.

use std::io::{self, BufRead};

use super::{Layout, Parser, Polled, ReadError, Row};
use crate::wire::OwnedMessage;

/// How much is fed at once, however much there is.
const CHUNK: usize = 1 << 16;

/// Reads rows from anything that implements [`BufRead`].
///
/// ```
/// use wirewright::{Wire, rows::{Headings, Layout, Reader}};
///
/// const TABLE: Layout = Layout::table(&["data", "tr"], "td").with_headings(Headings {
///     path: &["cols", "th"],
///     name: "name",
///     kind: "type",
///     format: "format",
///     kinds: &[],
/// });
///
/// #[derive(Wire)]
/// struct City {
///     name: String,
///     inhabitants: Option<u64>,
/// }
///
/// let reply = "<out><cols><th name='name'/><th name='inhabitants'/></cols>\
///     <data><tr><td>Berlin</td><td>3900000</td></tr><tr><td>Atlantis</td><td/></tr></data></out>";
/// let mut reader = Reader::new(reply.as_bytes(), TABLE);
/// let cities = reader.rows::<City>().collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(cities[0].inhabitants, Some(3_900_000));
/// assert_eq!((cities[1].name.as_str(), cities[1].inhabitants), ("Atlantis", None));
/// # Ok::<(), wirewright::rows::ReadError<std::io::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    parser: Parser,
    source: R,
}

impl<R: BufRead> Reader<R> {
    /// Reads rows that are where `layout` says.
    pub fn new(source: R, layout: Layout) -> Self {
        Self::with_parser(source, Parser::new(layout))
    }

    /// Reads with a parser that has limits of its own.
    pub fn with_parser(source: R, parser: Parser) -> Self {
        Self { parser, source }
    }

    /// The next row. `None`: there are no more, and the document is whole.
    ///
    /// # Errors
    ///
    /// When the source fails, or as [`Parser::poll`].
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, ReadError<io::Error>> {
        loop {
            match self.parser.poll()? {
                Polled::Row(()) => return Ok(self.parser.row()),
                Polled::Hungry => self.feed()?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The next row as a structure. `None`: there are no more, and the document is whole.
    ///
    /// # Errors
    ///
    /// When the source fails, or as [`Parser::poll_as`].
    pub fn next_as<T: OwnedMessage>(&mut self) -> Result<Option<T>, ReadError<io::Error>> {
        loop {
            match self.parser.poll_as()? {
                Polled::Row(row) => return Ok(Some(row)),
                Polled::Hungry => self.feed()?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The rows that are left, as structures. It ends behind the first error.
    pub fn rows<T: OwnedMessage>(
        &mut self,
    ) -> impl Iterator<Item = Result<T, ReadError<io::Error>>> + use<'_, T, R> {
        let mut failed = false;
        std::iter::from_fn(move || {
            if failed {
                return None;
            }
            let next = self.next_as().transpose();
            failed = matches!(next, Some(Err(_)));
            next
        })
    }

    fn feed(&mut self) -> Result<(), ReadError<io::Error>> {
        let bytes = loop {
            match self.source.fill_buf() {
                Ok(bytes) => break bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ReadError::Source(error)),
            }
        };
        let bytes = bytes.get(..CHUNK).unwrap_or(bytes);
        if bytes.is_empty() {
            self.parser.end();
        } else {
            self.parser.feed(bytes);
        }
        let length = bytes.len();
        self.source.consume(length);
        Ok(())
    }

    /// The parser, with the columns and, once the rows have ended, the whole envelope.
    pub fn parser(&self) -> &Parser {
        &self.parser
    }

    /// The parser, and what is left of the source.
    pub fn into_parts(self) -> (Parser, R) {
        (self.parser, self.source)
    }
}
