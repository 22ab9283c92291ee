//! The general codecs: their readers are built on the formats' libraries, read everything, and say what is wrong and where.

pub(crate) mod json;
pub(crate) mod query;
pub(crate) mod xml;
