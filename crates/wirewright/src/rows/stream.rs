//! Rows from a stream of chunks.

use std::{future::poll_fn, pin::Pin};

use futures_core::Stream;

use super::{Layout, Parser, Polled, ReadError, Row};
use crate::wire::OwnedMessage;

/// Reads rows from an asynchronous body: any stream of chunks, as `reqwest`'s `bytes_stream` and `http_body_util`'s
/// `BodyDataStream` are.
///
/// ```
/// use std::{convert::Infallible, pin::Pin, task::{Context, Poll}};
/// use wirewright::rows::{Layout, StreamReader};
///
/// /// A body that comes in two chunks.
/// struct Body(std::vec::IntoIter<&'static str>);
///
/// impl futures_core::Stream for Body {
///     type Item = Result<&'static str, Infallible>;
///
///     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
///         Poll::Ready(self.0.next().map(Ok))
///     }
/// }
///
/// const TABLE: Layout = Layout::table(&["data", "tr"], "td");
///
/// # async fn count() -> Result<u64, wirewright::rows::ReadError<Infallible>> {
/// let body = Body(vec!["<out><data><tr><td>1</td></tr><tr>", "<td>2</td></tr></data></out>"].into_iter());
/// let mut reader = StreamReader::new(body, TABLE);
/// while let Some(row) = reader.next_row().await? {
///     assert!(row.text(0).is_some());
/// }
/// # Ok(reader.parser().count())
/// # }
/// # let mut counted = std::pin::pin!(count());
/// # let mut context = Context::from_waker(std::task::Waker::noop());
/// # assert!(matches!(std::future::Future::poll(counted.as_mut(), &mut context), Poll::Ready(Ok(2))));
/// ```
#[derive(Debug)]
pub struct StreamReader<S> {
    parser: Parser,
    source: S,
}

impl<S, B, E> StreamReader<S>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]>,
{
    /// Reads rows that are where `layout` says.
    pub fn new(source: S, layout: Layout) -> Self {
        Self::with_parser(source, Parser::new(layout))
    }

    /// Reads with a parser that has limits of its own.
    pub fn with_parser(source: S, parser: Parser) -> Self {
        Self { parser, source }
    }

    /// The next row. `None`: there are no more, and the document is whole. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    ///
    /// When the source fails, or as [`Parser::poll`].
    pub async fn next_row(&mut self) -> Result<Option<Row<'_>>, ReadError<E>> {
        loop {
            match self.parser.poll()? {
                Polled::Row(()) => return Ok(self.parser.row()),
                Polled::Hungry => self.feed().await?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The next row as a structure. `None`: there are no more, and the document is whole. Nothing is lost when the future is
    /// dropped.
    ///
    /// # Errors
    ///
    /// When the source fails, or as [`Parser::poll_as`].
    pub async fn next_as<T: OwnedMessage>(&mut self) -> Result<Option<T>, ReadError<E>> {
        loop {
            match self.parser.poll_as()? {
                Polled::Row(row) => return Ok(Some(row)),
                Polled::Hungry => self.feed().await?,
                Polled::End => return Ok(None),
            }
        }
    }

    async fn feed(&mut self) -> Result<(), ReadError<E>> {
        match poll_fn(|context| Pin::new(&mut self.source).poll_next(context)).await {
            Some(Ok(chunk)) => self.parser.feed(chunk.as_ref()),
            Some(Err(error)) => return Err(ReadError::Source(error)),
            None => self.parser.end(),
        }
        Ok(())
    }

    /// The parser, with the columns and, once the rows have ended, the whole envelope.
    pub fn parser(&self) -> &Parser {
        &self.parser
    }
}
