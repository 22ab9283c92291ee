//! Files that requests carry.

use std::{fmt, sync::Arc};

use crate::chunks::Chunks;

/// Why a content cannot be read. The call that sends it fails with a `TransportError` of the kind `Upload`.
type ContentError = Box<dyn std::error::Error + Send + Sync>;

/// A file in a multipart request: a name, a media type perhaps, and the content.
///
/// The content is in memory, or is read while the request is sent, so that it can be of any size:
///
/// | made by | the content | can be sent |
/// |---|---|---|
/// | [`new`](Self::new) | bytes in memory, shared by clones | any number of times |
/// | [`from_opened`](Self::from_opened) | a reader, opened for each sending | any number of times |
/// | [`from_reader`](Self::from_reader) | a reader that is at hand | once, by this file or by one of its clones |
/// | [`from_chunks`](Self::from_chunks) | asynchronous chunks, opened for each sending | any number of times, by an async transport |
///
/// Two files are equal when name, media type and content are; a content that is read later is equal to that of a clone only.
/// `Debug` shows neither name nor content. Elsewhere than in a multipart request, where no definition has it, a file is its name.
///
/// ```
/// use wirewright::File;
///
/// let voice = File::new("hello.wav", *b"RIFF....WAVE").with_media_type("audio/wav");
/// assert_eq!((voice.name(), voice.length()), ("hello.wav", Some(12)));
/// assert_eq!(voice.bytes(), Some(&b"RIFF....WAVE"[..]));
/// assert_eq!(format!("{voice:?}"), "[a file of 12 bytes]");
/// ```
#[derive(Clone)]
pub struct File {
    name: String,
    media_type: Option<String>,
    content: Content,
}

#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Arc<Vec<u8>>),
    Source { source: Arc<dyn Source>, length: Option<u64> },
}

/// A content that is read later.
pub(crate) trait Source: Send + Sync {
    /// Begins to read it.
    fn open(&self) -> Result<ContentReader, ContentError>;
}

/// A content that is being read.
pub(crate) enum ContentReader {
    Reader(Box<dyn std::io::Read + Send>),
    Chunks(Box<dyn BoxedChunks>),
}

/// [`Chunks`] of any type.
pub(crate) trait BoxedChunks: Send {
    fn next(&mut self) -> NextChunk<'_>;
}

type NextChunk<'a> =
    std::pin::Pin<Box<dyn Future<Output = Result<Option<Vec<u8>>, ContentError>> + Send + 'a>>;

impl<C: Chunks> BoxedChunks for C {
    fn next(&mut self) -> NextChunk<'_> {
        Box::pin(async move {
            let chunk = self.next_chunk().await.map_err(Into::into)?;
            Ok(chunk.map(|chunk| chunk.as_ref().to_vec()))
        })
    }
}

impl File {
    /// A file whose content is in memory.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), media_type: None, content: Content::Bytes(Arc::new(bytes.into())) }
    }

    /// A file whose content is read from a reader while the request is sent. `open` is called for each sending, and `length` is
    /// how many bytes there are, if that is known: a content of another length is not sent to its end, and the call fails.
    ///
    /// ```
    /// use wirewright::File;
    ///
    /// let length = std::fs::metadata("Cargo.toml")?.len();
    /// let file = File::from_opened("Cargo.toml", Some(length), || std::fs::File::open("Cargo.toml"));
    /// assert_eq!((file.length(), file.bytes()), (Some(length), None));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn from_opened<R: std::io::Read + Send + 'static>(
        name: impl Into<String>,
        length: Option<u64>,
        open: impl Fn() -> std::io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::later(name, length, move || Ok(ContentReader::Reader(Box::new(open()?))))
    }

    /// A file whose content is read from this reader while the request is sent, once: a second sending fails. `length` is how
    /// many bytes there are, if that is known: a content of another length is not sent to its end, and the call fails.
    ///
    /// ```
    /// use wirewright::File;
    ///
    /// let file = File::from_reader("log.txt", None, std::io::stdin());
    /// assert_eq!(file.length(), None);
    /// ```
    pub fn from_reader(
        name: impl Into<String>,
        length: Option<u64>,
        reader: impl std::io::Read + Send + 'static,
    ) -> Self {
        let reader: Box<dyn std::io::Read + Send> = Box::new(reader);
        let reader = std::sync::Mutex::new(Some(reader));
        let open = move || {
            let reader = reader.lock().ok().and_then(|mut reader| reader.take());
            reader.map(ContentReader::Reader).ok_or_else(|| {
                "the file's reader has been read by an earlier sending: make a file anew, or use `File::from_opened`"
                    .into()
            })
        };
        Self::later(name, length, open)
    }

    /// A file whose content comes in chunks, asynchronously, while the request is sent; a blocking transport cannot send it.
    /// `open` is called for each sending, and `length` is how many bytes there are, if that is known: a content of another length
    /// is not sent to its end, and the call fails.
    ///
    /// ```
    /// use std::convert::Infallible;
    /// use wirewright::{Chunks, File};
    ///
    /// /// Numbers, one a chunk.
    /// struct Numbers(std::ops::Range<u8>);
    ///
    /// impl Chunks for Numbers {
    ///     type Chunk = [u8; 1];
    ///     type Error = Infallible;
    ///
    ///     async fn next_chunk(&mut self) -> Result<Option<[u8; 1]>, Infallible> {
    ///         Ok(self.0.next().map(|number| [number]))
    ///     }
    /// }
    ///
    /// let file = File::from_chunks("numbers.bin", Some(100), || Ok(Numbers(0..100)));
    /// assert_eq!(file.length(), Some(100));
    /// ```
    pub fn from_chunks<C: Chunks + 'static>(
        name: impl Into<String>,
        length: Option<u64>,
        open: impl Fn() -> Result<C, C::Error> + Send + Sync + 'static,
    ) -> Self {
        Self::later(name, length, move || Ok(ContentReader::Chunks(Box::new(open().map_err(Into::into)?))))
    }

    fn later(
        name: impl Into<String>,
        length: Option<u64>,
        open: impl Fn() -> Result<ContentReader, ContentError> + Send + Sync + 'static,
    ) -> Self {
        struct By<F>(F);

        impl<F: Fn() -> Result<ContentReader, ContentError> + Send + Sync> Source for By<F> {
            fn open(&self) -> Result<ContentReader, ContentError> {
                (self.0)()
            }
        }

        let content = Content::Source { source: Arc::new(By(open)), length };
        Self { name: name.into(), media_type: None, content }
    }

    /// The same file with a media type, as in `audio/wav`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// What it is called. A server must not use it as a path: whoever sends the file chooses it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its media type, if one is told.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// How many bytes it has, if that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Source { length, .. } => *length,
        }
    }

    /// Its content, if that is in memory: that of a file which a server has received always is.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Source { .. } => None,
        }
    }

    /// Another name for it, the rest as it is: what a codec reads of a file.
    pub(crate) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub(crate) fn into_content(self) -> Content {
        self.content
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        let content = match (&self.content, &other.content) {
            (Content::Bytes(left), Content::Bytes(right)) => left == right,
            (Content::Source { source: left, .. }, Content::Source { source: right, .. }) => {
                Arc::ptr_eq(left, right)
            }
            _ => false,
        };
        content && self.name == other.name && self.media_type == other.media_type
    }
}

impl Eq for File {}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "[a file of {length} bytes]"),
            None => f.write_str("[a file of unknown length]"),
        }
    }
}
