//! Files that are still to be written, by whichever thread is free.

/// A file's path, and what writes it without the marker; nothing, where the vendor has no use for it.
pub(super) type Pending<'a> = (String, Box<dyn Fn() -> Option<String> + Sync + 'a>);
