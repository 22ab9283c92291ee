//! How much memory a reply takes at most while it is read, beyond its text: every byte that is asked for, by `realloc` too.

mod counting;
mod replies;

pub use counting::Counting;
pub use replies::{ROWS, Reader, Reply};
