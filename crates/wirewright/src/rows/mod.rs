//! Replies of any size, read as a stream of rows, and tables written as one.
//!
//! A reply that is mostly rows need not be in memory whole. A [`Parser`] is fed with its bytes as they come, in chunks cut
//! anywhere, and gives one row after the other: as cells, typed by the reply's own [headings](Column), or as a structure that
//! derives [`Wire`](derive@crate::Wire). Memory does not grow with the rows. It is an XML reply; the place of its rows is said
//! by a [`Layout`], as data.
//!
//! ```
//! use wirewright::{Wire, rows::{CellType, Headings, ColumnKind, Layout, Parser, Polled}};
//!
//! const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
//!     path: &["table", "cols", "th"],
//!     name: "name",
//!     kind: "type",
//!     format: "format",
//!     kinds: &[
//!         ColumnKind { kind: "i", format: None, cells: CellType::Integer },
//!         ColumnKind { kind: "f", format: None, cells: CellType::Float },
//!     ],
//! });
//!
//! /// A cell is the member that bears its column's name. An empty cell is absent.
//! #[derive(Debug, PartialEq, Wire)]
//! struct Sale {
//!     amount: Option<f64>,
//!     store: u32,
//! }
//!
//! #[derive(Wire)]
//! #[wire(root = "out")]
//! struct Envelope {
//!     rc: i64,
//! }
//!
//! let reply = r#"<out><rc>0</rc><table>
//!   <cols><th name="store" type="i">Store</th><th name="amount" type="f">Sum</th></cols>
//!   <data><tr><td>1</td><td>2.5</td></tr><tr><td>7</td><td/></tr></data>
//! </table></out>"#;
//! let mut parser = Parser::new(TABLE);
//! let mut sales = Vec::new();
//! let mut chunks = reply.as_bytes().chunks(10);
//! loop {
//!     match parser.poll_as::<Sale>()? {
//!         Polled::Row(sale) => sales.push(sale),
//!         Polled::Hungry => match chunks.next() {
//!             Some(chunk) => parser.feed(chunk),
//!             None => parser.end(),
//!         },
//!         Polled::End => break,
//!     }
//! }
//! assert_eq!(sales, [Sale { store: 1, amount: Some(2.5) }, Sale { store: 7, amount: None }]);
//! assert_eq!(parser.envelope::<Envelope>()?.rc, 0);
//! # Ok::<(), wirewright::rows::RowsError>(())
//! ```
//!
//! # What is read
//!
//! Exactly what [the XML profile](crate::xml) has for the document as a whole, with the same values, but for this:
//!
//! * An element on the way to the rows that comes twice is refused, since the rows of the first one may have been read by then.
//! * In a table a row has as many cells as there are columns, and an empty cell is not available, whatever its type.
//! * The limit of bytes is that of all outside the rows; a row has a [limit of its own](Parser::with_max_row).
//!
//! Everything outside the rows is kept as text and read by the ordinary codec: [`Parser::envelope`] has the vendor's status, and
//! [`Parser::outline`] can be handed to [`read_reply`](crate::exchange::read_reply) as the body of the reply. Generated clients
//! do that: where a definition says `rows`, a method calls and gives a [`RowsReply`](crate::client::RowsReply). A reply that is
//! cut off is an error, never a shorter table. Errors tell the row, the column and the place in the stream.

mod cell;
mod column;
mod error;
mod frame;
mod input;
mod layout;
mod lex;
mod line_reader;
mod marks;
mod namespaces;
mod outline;
mod parser;
mod reader;
mod separated;
mod separators;
mod sink;
mod source;
#[cfg(feature = "stream")]
mod stream;
mod writer;

pub use self::reader::Reader;
pub use self::separated::{SeparatedError, SeparatedRow, SeparatedRows};
#[cfg(feature = "stream")]
pub use self::stream::StreamReader;
pub use self::{
    cell::{Cell, Row},
    column::Column,
    error::RowsError,
    layout::{AskedSeparators, CellType, ColumnKind, Headings, Layout, Lines},
    parser::{Parser, Polled},
    source::ReadError,
    writer::{Chunks, Writer},
};
