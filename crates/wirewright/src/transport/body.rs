//! The body of a request that need not be in memory.

use std::{fmt, sync::Arc};

use http::header;

use crate::{
    Chunks, File,
    file::{Content, ContentReader, Source},
    transport::error::{TransportError, TransportErrorKind},
};

/// How much of a content is read at once.
const CHUNK: usize = 1 << 16;

/// The body of a request: bytes in memory, and contents of files that are read while they are sent.
///
/// A transport sends it by [`into_reader`](Self::into_reader) (blocking) or [`into_chunks`](Self::into_chunks)
/// (async), and by [`into_bytes`](Self::into_bytes) where it can send nothing else. `Debug` shows its length only.
///
/// ```
/// use wirewright::client::RequestBody;
///
/// let body = RequestBody::from(b"screen_name=chuck".to_vec());
/// assert_eq!(body.content_length(), Some(17));
/// assert_eq!(body.into_bytes()?, b"screen_name=chuck");
/// # Ok::<(), wirewright::client::TransportError>(())
/// ```
#[derive(Default)]
pub struct RequestBody {
    /// Most bodies are this and nothing more.
    first: Vec<u8>,
    rest: Vec<Piece>,
}

enum Piece {
    Bytes(Vec<u8>),
    Shared(Arc<Vec<u8>>),
    Source { source: Arc<dyn Source>, length: Option<u64> },
    Made(Made),
}

/// Chunks that are made when they are asked for.
type Made = Box<dyn Iterator<Item = Result<Vec<u8>, TransportError>> + Send>;

impl Piece {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Shared(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Source { length, .. } => *length,
            Self::Made(_) => None,
        }
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self { first: bytes, rest: Vec::new() }
    }
}

/// The content of a file and nothing else.
impl From<File> for RequestBody {
    fn from(file: File) -> Self {
        let mut body = Self::default();
        body.push_file(file);
        body
    }
}

impl RequestBody {
    /// A body of chunks that are made while it is sent, as those of [`rows::Writer::chunks`](crate::rows::Writer::chunks) are. Its
    /// length is not known, and it is sent once. The first error ends it: what was sent by then is no whole request.
    ///
    /// ```
    /// use wirewright::{EncodeError, client::RequestBody};
    ///
    /// let numbers = (1..=3).map(|number| Ok::<_, EncodeError>(format!("<n>{number}</n>").into_bytes()));
    /// let body = RequestBody::made_from(numbers);
    /// assert_eq!(body.content_length(), None);
    /// assert_eq!(body.into_bytes()?, b"<n>1</n><n>2</n><n>3</n>");
    /// # Ok::<(), wirewright::client::TransportError>(())
    /// ```
    pub fn made_from<I, E>(chunks: I) -> Self
    where
        I: IntoIterator<Item = Result<Vec<u8>, E>>,
        I::IntoIter: Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let chunks = chunks.into_iter().map(|chunk| chunk.map_err(upload_error));
        Self { first: Vec::new(), rest: vec![Piece::Made(Box::new(chunks))] }
    }

    /// How many bytes it has, if that is known.
    pub fn content_length(&self) -> Option<u64> {
        let first = u64::try_from(self.first.len()).ok()?;
        self.rest.iter().try_fold(first, |length, piece| length.checked_add(piece.length()?))
    }

    /// The body as a blocking reader. What cannot be read of a file is an [`io::Error`](std::io::Error) around a
    /// [`TransportError`].
    pub fn into_reader(self) -> BodyReader {
        BodyReader(self.into_pieces())
    }

    /// The body in chunks. The contents of files made from a reader are read where the future is polled.
    pub fn into_chunks(self) -> BodyChunks {
        BodyChunks(self.into_pieces())
    }

    /// The body in memory.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, is not as long as it was said to be, or comes asynchronously.
    pub fn into_bytes(self) -> Result<Vec<u8>, TransportError> {
        if self.rest.is_empty() {
            return Ok(self.first);
        }
        let mut bytes = Vec::with_capacity(self.room());
        let mut pieces = self.into_pieces();
        while let Some(chunk) = pieces.next_now()? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// The body in memory, for an async transport that can send nothing else.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or is not as long as it was said to be.
    pub async fn collect(self) -> Result<Vec<u8>, TransportError> {
        if self.rest.is_empty() {
            return Ok(self.first);
        }
        let mut bytes = Vec::with_capacity(self.room());
        let mut pieces = self.into_pieces();
        while let Some(chunk) = pieces.next().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// How much room its bytes take, but for a length that is told and hardly true.
    fn room(&self) -> usize {
        const MOST: usize = 1 << 28;
        self.content_length().and_then(|length| usize::try_from(length).ok()).map_or(0, |room| room.min(MOST))
    }

    /// The body back, when some of it is not in memory.
    pub(crate) fn into_memory(self) -> Result<Vec<u8>, Self> {
        if self.rest.iter().any(|piece| matches!(piece, Piece::Source { .. } | Piece::Made(_))) {
            return Err(self);
        }
        let Self { first, rest } = self;
        Ok(rest.iter().fold(first, |mut bytes, piece| {
            match piece {
                Piece::Bytes(more) => bytes.extend_from_slice(more),
                Piece::Shared(more) => bytes.extend_from_slice(more),
                Piece::Source { .. } | Piece::Made(_) => {}
            }
            bytes
        }))
    }

    /// Appends bytes.
    #[cfg(feature = "multipart")]
    pub(crate) fn push_bytes(&mut self, bytes: Vec<u8>) {
        if self.rest.is_empty() && self.first.is_empty() {
            self.first = bytes;
        } else {
            self.rest.push(Piece::Bytes(bytes));
        }
    }

    /// Appends a file's content.
    pub(crate) fn push_file(&mut self, file: File) {
        self.rest.push(match file.into_content() {
            Content::Bytes(bytes) => Piece::Shared(bytes),
            Content::Source { source, length } => Piece::Source { source, length },
        });
    }

    fn into_pieces(self) -> Pieces {
        let mut pieces = self.rest;
        pieces.insert(0, Piece::Bytes(self.first));
        Pieces { rest: pieces.into_iter(), current: None, failed: false }
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody").field("content_length", &self.content_length()).finish_non_exhaustive()
    }
}

/// The same request with its body in memory.
pub(crate) fn in_memory(parts: http::request::Parts, bytes: Vec<u8>) -> http::Request<Vec<u8>> {
    let mut request = http::Request::from_parts(parts, bytes);
    let length = request.body().len();
    request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    request
}

/// A body that is being read. It ends in an error once it has failed: what was sent by then must not pass for the whole.
struct Pieces {
    rest: std::vec::IntoIter<Piece>,
    current: Option<Current>,
    failed: bool,
}

enum Current {
    Held {
        bytes: Held,
        at: usize,
    },
    Reading {
        content: ContentReader,
        left: Option<u64>,
    },
    /// The last chunk, as far as it is not read.
    Made {
        chunks: Made,
        held: Vec<u8>,
        at: usize,
    },
}

enum Held {
    OperationParameters(Vec<u8>),
    Shared(Arc<Vec<u8>>),
}

impl Held {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::OperationParameters(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

fn failure(why: &'static str) -> TransportError {
    upload_error(why)
}

fn upload_error(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Upload, why)
}

/// Takes `read` bytes off what is left of a content.
fn take(left: &mut Option<u64>, read: usize) -> Result<(), TransportError> {
    let Some(left) = left else { return Ok(()) };
    let read = u64::try_from(read).unwrap_or(u64::MAX);
    if read == 0 && *left > 0 {
        return Err(failure("the file ends before the length that was told"));
    }
    *left = left.checked_sub(read).ok_or_else(|| failure("the file is longer than was told"))?;
    Ok(())
}

impl Pieces {
    /// Makes the next piece the current one; `false`: there is none.
    fn advance(&mut self) -> Result<bool, TransportError> {
        self.current = Some(match self.rest.next() {
            None => return Ok(false),
            Some(Piece::Bytes(bytes)) => Current::Held { bytes: Held::OperationParameters(bytes), at: 0 },
            Some(Piece::Shared(bytes)) => Current::Held { bytes: Held::Shared(bytes), at: 0 },
            Some(Piece::Source { source, length }) => {
                Current::Reading { content: source.open().map_err(upload_error)?, left: length }
            }
            Some(Piece::Made(chunks)) => Current::Made { chunks, held: Vec::new(), at: 0 },
        });
        Ok(true)
    }

    /// Once something failed, everything does.
    fn guard<T>(&mut self, outcome: Result<T, TransportError>) -> Result<T, TransportError> {
        self.failed |= outcome.is_err();
        outcome
    }

    fn begin(&self) -> Result<(), TransportError> {
        if self.failed { Err(failure("the body has failed before")) } else { Ok(()) }
    }

    /// The next part of the body, without waiting.
    fn next_now(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        self.begin()?;
        let next = self.read_now();
        self.guard(next)
    }

    fn read_now(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        loop {
            match self.current.take() {
                None if self.advance()? => {}
                None => return Ok(None),
                Some(Current::Held { bytes: Held::OperationParameters(bytes), .. }) if bytes.is_empty() => {}
                Some(Current::Held { bytes: Held::OperationParameters(bytes), .. }) => {
                    return Ok(Some(bytes));
                }
                Some(Current::Held { bytes: Held::Shared(bytes), at }) => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let chunk = rest.get(..CHUNK).unwrap_or(rest).to_vec();
                    if !chunk.is_empty() {
                        let at = at + chunk.len();
                        self.current = Some(Current::Held { bytes: Held::Shared(bytes), at });
                        return Ok(Some(chunk));
                    }
                }
                Some(Current::Reading { content: ContentReader::Reader(mut reader), mut left }) => {
                    let mut buffer = vec![0; CHUNK];
                    let read = read(&mut *reader, &mut buffer)?;
                    take(&mut left, read)?;
                    if read > 0 {
                        buffer.truncate(read);
                        self.current =
                            Some(Current::Reading { content: ContentReader::Reader(reader), left });
                        return Ok(Some(buffer));
                    }
                }
                Some(Current::Reading { .. }) => return Err(asynchronous()),
                Some(Current::Made { mut chunks, mut held, at }) => {
                    let chunk =
                        if at < held.len() { Some(held.split_off(at)) } else { chunks.next().transpose()? };
                    if let Some(chunk) = chunk {
                        self.current = Some(Current::Made { chunks, held: Vec::new(), at: 0 });
                        // An empty chunk is not the end.
                        if !chunk.is_empty() {
                            return Ok(Some(chunk));
                        }
                    }
                }
            }
        }
    }

    /// The next part of the body.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        self.begin()?;
        loop {
            if let Some(Current::Reading { content: ContentReader::Chunks(chunks), left }) = &mut self.current
            {
                let next = match chunks.next().await {
                    // An empty chunk is not the end.
                    Ok(Some(chunk)) if chunk.is_empty() => continue,
                    Ok(chunk) => take(left, chunk.as_ref().map_or(0, Vec::len)).map(|()| chunk),
                    Err(error) => Err(upload_error(error)),
                };
                match self.guard(next)? {
                    Some(chunk) => return Ok(Some(chunk)),
                    None => self.current = None,
                }
            } else if self.current.is_none() {
                let advanced = self.advance();
                if !self.guard(advanced)? {
                    return Ok(None);
                }
            } else {
                // It is in memory, or a reader.
                let current = self.read_current();
                if let Some(chunk) = self.guard(current)? {
                    return Ok(Some(chunk));
                }
            }
        }
    }

    /// A part of the current piece, which needs no waiting; `None`: it has ended.
    fn read_current(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        let rest = std::mem::take(&mut self.rest);
        let chunk = self.read_now();
        self.rest = rest;
        chunk
    }

    /// Fills `buffer`, without waiting. 0: the body has ended.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        loop {
            if self.current.is_none() && !self.advance()? {
                return Ok(0);
            }
            match &mut self.current {
                None => {}
                Some(Current::Held { bytes, at }) => {
                    let rest = bytes.bytes().get(*at..).unwrap_or_default();
                    let length = rest.len().min(buffer.len());
                    if length > 0 {
                        buffer[..length].copy_from_slice(&rest[..length]);
                        *at += length;
                        return Ok(length);
                    }
                    self.current = None;
                }
                Some(Current::Reading { content: ContentReader::Reader(reader), left }) => {
                    let length = read(&mut **reader, buffer)?;
                    take(left, length)?;
                    if length > 0 {
                        return Ok(length);
                    }
                    self.current = None;
                }
                Some(Current::Reading { content: ContentReader::Chunks(_), .. }) => {
                    return Err(asynchronous());
                }
                Some(Current::Made { chunks, held, at }) => {
                    let rest = held.get(*at..).unwrap_or_default();
                    let length = rest.len().min(buffer.len());
                    if length > 0 {
                        buffer[..length].copy_from_slice(&rest[..length]);
                        *at += length;
                        return Ok(length);
                    }
                    match chunks.next().transpose()? {
                        Some(chunk) => (*held, *at) = (chunk, 0),
                        None => self.current = None,
                    }
                }
            }
        }
    }
}

fn asynchronous() -> TransportError {
    failure(
        "the file comes asynchronously, and the transport blocks: use an async client, or another kind of file",
    )
}

fn read(reader: &mut dyn std::io::Read, buffer: &mut [u8]) -> Result<usize, TransportError> {
    loop {
        match reader.read(buffer) {
            // A reader that tells of more than there is room for is broken.
            Ok(read) if read > buffer.len() => return Err(failure("the file's reader is broken")),
            Ok(read) => return Ok(read),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(upload_error(error)),
        }
    }
}

/// A body as a blocking reader.
pub struct BodyReader(Pieces);

impl std::io::Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let outcome = self.0.begin().and_then(|()| self.0.fill(buffer));
        self.0.guard(outcome).map_err(std::io::Error::other)
    }
}

impl fmt::Debug for BodyReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyReader").finish_non_exhaustive()
    }
}

/// A body in chunks.
pub struct BodyChunks(Pieces);

impl Chunks for BodyChunks {
    type Chunk = Vec<u8>;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        self.0.next().await
    }
}

impl fmt::Debug for BodyChunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyChunks").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Transports of async runtimes move bodies between threads.
    #[test]
    fn bodies_can_be_sent() {
        fn sent<T: Send>() {}
        sent::<RequestBody>();
        sent::<BodyChunks>();
        sent::<BodyReader>();
    }
}
