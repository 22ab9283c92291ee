//! What people wrote about a thing.

use crate::model::Confidence;

/// What people wrote about a thing.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) doc: Option<&'a str>,
    pub(crate) source: Option<&'a str>,
    pub(crate) assumption: Option<&'a str>,
    pub(crate) confidence: Option<Confidence>,
}
