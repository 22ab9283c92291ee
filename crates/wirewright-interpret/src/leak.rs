//! What lives as long as the program.
//!
//! The runtime describes types and operations by references that last for ever, as generated code has them. A definition that is
//! interpreted gives its memory away for that, once a load.

/// A text.
pub(crate) fn text(text: &str) -> &'static str {
    if text.is_empty() { "" } else { Box::leak(Box::from(text)) }
}

/// A list.
pub(crate) fn list<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    let items: Vec<T> = items.into_iter().collect();
    if items.is_empty() { &[] } else { Box::leak(items.into_boxed_slice()) }
}

/// A list of texts.
pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> &'static [&'static str] {
    list(texts.into_iter().map(text))
}

/// One thing.
pub(crate) fn one<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
