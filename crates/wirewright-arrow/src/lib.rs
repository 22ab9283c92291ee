//! Rows of a web-RPC reply as Arrow record batches, as they come.
//!
//! A table of any size goes on to Parquet, `DataFusion`, Polars or Spark without a text for each cell: every cell is read from
//! the bytes of the reply straight into the column's array. The columns' types are those of the reply's own headings; an
//! empty cell is null.
//!
//! ```
//! use arrow_array::{RecordBatchReader, cast::AsArray, types::Int64Type};
//! use wirewright::rows::{CellType, Headings, ColumnKind, Layout};
//! use wirewright_arrow::Batches;
//!
//! const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
//!     path: &["table", "cols", "th"],
//!     name: "name",
//!     kind: "type",
//!     format: "format",
//!     kinds: &[ColumnKind { kind: "i", format: None, cells: CellType::Integer }],
//! });
//!
//! let reply = r#"<out><rc>0</rc><table>
//!   <cols><th name="store" type="i">Store</th><th name="city" type="a">City</th></cols>
//!   <data><tr><td>1</td><td>Berlin</td></tr><tr><td/><td>Paris</td></tr></data>
//! </table></out>"#;
//! let mut batches = Batches::new(reply.as_bytes(), TABLE)?;
//! assert_eq!(batches.schema().field(1).name(), "city");
//! let batch = batches.next().unwrap()?;
//! assert_eq!(batch.column(0).as_primitive::<Int64Type>().iter().collect::<Vec<_>>(), [Some(1), None]);
//! assert_eq!(batch.column(1).as_string::<i32>().value(1), "Paris");
//! assert!(batches.next().is_none());
//! # Ok::<(), arrow_schema::ArrowError>(())
//! ```
//!
//! [`Batches`] reads from anything that implements [`BufRead`](std::io::BufRead), [`ReplyBatches`] from the reply to a call that a
//! generated client made, and [`Columns`] are filled by whoever has rows, or values of their own.
//!
//! | cells | array |
//! |---|---|
//! | integer | `Int64` |
//! | float | `Float64` |
//! | text | `Utf8` |
//! | date | `Date32` |
//! | date and time | `Timestamp(Microsecond)` without a zone |

mod batches;
mod columns;
mod reply;

pub use self::{
    batches::Batches,
    columns::{ColumnType, Columns, Value},
    reply::ReplyBatches,
};
