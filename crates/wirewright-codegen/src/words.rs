//! The words of the definition language: which keys each table takes, of what type, and what they say.
//!
//! Readers check a table against these before they look into it, and the language's reference is written from them, with an
//! example of each word from `reference/examples`.

mod member;
mod operation;
mod protocol;
mod session;
mod types;
mod vocabulary;

pub use member::{CELLS, FILLERS, LIST, MAP, MEMBER, OWN_LOCATIONS, REQUEST, ROWS, UNITS};
pub use operation::{
    CONTINUES, DURATION_UNITS, EXAMPLE, EXAMPLE_FAILS, EXAMPLE_REPLY, EXAMPLE_REQUEST, GROUP, OPERATION,
    POSITION, RAW,
};
pub use protocol::{
    BODY, BODY_FORMATS, CLASSES, ENVELOPE, ERROR, FORMAT, FORMATS, LOCATIONS, METHODS, OCCASIONS,
    OCCURRENCES, PARAMETER, PARAMETER_ROLES, PLACEMENTS, PROTOCOL, PROVIDERS, ROLES,
};
pub use session::{
    BASE, BASE_PARAMETERS, ENCODE_SETS, ORDERS, SESSION, SESSION_FIELD, SIGNATURE, TEXT_ENCODINGS,
};
pub use types::{TYPE, VALUE, VARIANT};
pub use vocabulary::{Alternative, CONFIDENCE, FACTS, Kind, Vocabulary, Word};
