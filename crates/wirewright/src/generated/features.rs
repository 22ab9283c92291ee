//! A name for each feature that a vendor may need. A module that a build script generates names those of its vendor: where one is
//! missing the compiler says which feature of `wirewright` the name is behind.

/// Another charset than UTF-8.
#[cfg(feature = "charsets")]
pub const CHARSETS: () = ();
/// SHA-2 and HMACs.
#[cfg(feature = "hashes")]
pub const HASHES: () = ();
/// MD5 and SHA-1.
#[cfg(feature = "legacy-hashes")]
pub const LEGACY_HASHES: () = ();
/// Requests with files.
#[cfg(feature = "multipart")]
pub const MULTIPART: () = ();
/// Dates and times.
#[cfg(feature = "time")]
pub const TIME: () = ();
