//! Batches from a call whose reply is read row by row.

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use wirewright::{
    client::{
        RowsRequest,
        blocking::{Chunks, RowsReply},
    },
    exchange::Error,
};

use crate::{Batches, Columns};

/// Record batches from the reply to a call, made by a client's `…_rows` method: an Arrow [`RecordBatchReader`], which
/// `DataFusion`, Parquet's writer and others take.
///
/// It ends behind the first error. A reply that is cut off is an error, never a shorter table; so is a vendor's refusal that
/// is behind the rows. [`finish`](Self::finish) has what is around them.
///
/// ```
/// use arrow_array::RecordBatch;
/// use arrow_schema::ArrowError;
/// use wirewright::{client::{RowsRequest, blocking::{Chunks, RowsReply}}, exchange::Error};
/// use wirewright_arrow::ReplyBatches;
///
/// /// How many rows come, for any vendor that answers with a table: `count(session.getdata().send_for_rows_blocking()?)`.
/// fn count<R: RowsRequest, B: Chunks>(reply: RowsReply<R, B>) -> Result<usize, ArrowError> {
///     let batches = ReplyBatches::new(reply)?.with_rows(1_000);
///     batches.map(|batch| Ok(batch?.num_rows())).sum()
/// }
/// ```
///
/// An asynchronous reply fills [`Columns`] by itself:
///
/// ```
/// use arrow_array::RecordBatch;
/// use wirewright::{Chunks, client::{RowsReply, RowsRequest, TransportError}};
/// use wirewright_arrow::Columns;
///
/// async fn first<R: RowsRequest, B: Chunks<Error = TransportError>>(
///     mut reply: RowsReply<R, B>,
///     rows: usize,
/// ) -> Result<RecordBatch, Box<dyn std::error::Error>> {
///     let mut columns = Columns::new(reply.columns());
///     while columns.len() < rows {
///         let Some(row) = reply.next_row().await? else { break };
///         columns.push(&row)?;
///     }
///     Ok(columns.finish()?)
/// }
/// ```
#[derive(Debug)]
pub struct ReplyBatches<R: RowsRequest, B> {
    reply: RowsReply<R, B>,
    columns: Columns,
    rows: usize,
    ended: bool,
}

impl<R: RowsRequest, B: Chunks> ReplyBatches<R, B> {
    /// Batches of a reply's rows, of which none has been read yet.
    ///
    /// # Errors
    ///
    /// When the reply says nothing of its columns: its rows are structures, or there are no headings.
    pub fn new(reply: RowsReply<R, B>) -> Result<Self, ArrowError> {
        let columns = Columns::new(reply.columns());
        if reply.columns().is_empty() {
            return Err(ArrowError::SchemaError("the reply has no column headings before its rows".into()));
        }
        Ok(Self { reply, columns, rows: Batches::<&[u8]>::ROWS, ended: false })
    }

    /// Batches of so many rows, of at least one; [`Batches::ROWS`] unless another number is chosen.
    #[must_use]
    pub fn with_rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// What is around the rows: the envelope, with the vendor's status, and the reply without its rows. Rows that no batch
    /// has are read and dropped.
    ///
    /// # Errors
    ///
    /// As [`RowsReply::next_row`].
    pub fn finish(self) -> Result<R::Answer, Error<R::Failure>> {
        self.reply.finish()
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        while self.columns.len() < self.rows {
            let Some(row) = self.reply.next_row().map_err(external)? else {
                self.ended = true;
                break;
            };
            self.columns.push(&row).map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
        }
        if self.columns.is_empty() { Ok(None) } else { self.columns.finish().map(Some) }
    }
}

fn external<F: wirewright::exchange::Failure>(error: Error<F>) -> ArrowError {
    ArrowError::ExternalError(Box::new(error))
}

impl<R: RowsRequest, B: Chunks> Iterator for ReplyBatches<R, B> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read();
        self.ended |= batch.is_err();
        batch.transpose()
    }
}

impl<R: RowsRequest, B: Chunks> RecordBatchReader for ReplyBatches<R, B> {
    fn schema(&self) -> SchemaRef {
        self.columns.schema()
    }
}
