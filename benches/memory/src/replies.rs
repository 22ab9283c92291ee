//! The replies that take most for their size, and how much they may take.

use wirewright::{
    Format, Limits, Options, Wire,
    alone::{decode_compact, decode_general},
    wire::{Document, OwnedMessage},
};

#[derive(Wire)]
struct Any {
    a: Document,
}

#[derive(Wire)]
struct Kept {
    a: Option<String>,
    #[wire(rest)]
    rest: Document,
}

#[derive(Wire)]
struct Known {
    a: Option<String>,
}

#[derive(Wire)]
struct Dirs {
    dir: Vec<Dir>,
}

#[derive(Wire)]
struct Dir {
    name: Option<String>,
}

#[derive(Wire)]
struct WideDirs {
    dir: Vec<WideDir>,
}

/// As wide as a row of 1010data's listing.
#[derive(Wire)]
struct WideDir {
    name: Option<String>,
    title: Option<String>,
    short: Option<String>,
    long: Option<String>,
    owner: Option<String>,
    link: Option<String>,
    users: Option<String>,
    kind: Option<String>,
    rows: Option<u64>,
    bytes: Option<u64>,
}

/// Which reader reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The quick one.
    Compact,
    /// The one that reads everything.
    General,
}

/// A reply, the type that it is read into, and how much that may take.
pub struct Reply {
    /// What it is.
    pub title: &'static str,
    /// How much memory it takes at most, in MiB for a text of 16 MiB: by the compact reader and by the general one.
    pub bars: [usize; 2],
    begin: &'static str,
    repeated: &'static str,
    end: &'static str,
    read: fn(Reader, &str),
}

impl Reply {
    /// Its text, of about this many bytes.
    pub fn text(&self, bytes: usize) -> String {
        let count = (bytes - self.begin.len() - self.end.len()) / self.repeated.len();
        [self.begin, &self.repeated.repeat(count), self.end].concat()
    }

    /// Reads it.
    ///
    /// # Panics
    ///
    /// When the reader does not take it.
    pub fn read(&self, reader: Reader, text: &str) {
        (self.read)(reader, text);
    }
}

fn read<T: OwnedMessage>(format: Format, reader: Reader, text: &str) {
    let options = Options::new().with_limits(Limits::new().with_max_elements(usize::MAX));
    let read = match reader {
        Reader::Compact => decode_compact::<T>(format, text, &options),
        Reader::General => decode_general::<T>(format, text, &options).ok(),
    };
    assert!(read.is_some(), "{reader:?} does not take it");
}

/// What is measured.
pub const ROWS: [Reply; 5] = [
    Reply {
        title: "`{\"a\":[0,0,…]}` into `any`",
        bars: [260, 470],
        begin: "{\"a\":[",
        repeated: "0,",
        end: "0]}",
        read: |reader, text| read::<Any>(Format::Json, reader, text),
    },
    Reply {
        title: "unknown `<q/>` into a structure that keeps them",
        bars: [260, 390],
        begin: "<r>",
        repeated: "<q/>",
        end: "</r>",
        read: |reader, text| read::<Kept>(Format::Xml, reader, text),
    },
    Reply {
        title: "unknown `<q/>`, skipped",
        bars: [20, 20],
        begin: "<r>",
        repeated: "<q/>",
        end: "</r>",
        read: |reader, text| read::<Known>(Format::Xml, reader, text),
    },
    Reply {
        title: "`<dir/>` into a list of rows of one optional text (24 bytes a row)",
        bars: [130, 220],
        begin: "<r>",
        repeated: "<dir/>",
        end: "</r>",
        read: |reader, text| read::<Dirs>(Format::Xml, reader, text),
    },
    Reply {
        title: "`<dir/>` into rows of 224 bytes",
        bars: [1195, 1060],
        begin: "<r>",
        repeated: "<dir/>",
        end: "</r>",
        read: |reader, text| read::<WideDirs>(Format::Xml, reader, text),
    },
];
