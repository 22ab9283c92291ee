//! All that the steps found out.

use indexmap::IndexMap;

use super::{
    errors::Errors, ground::Envelope, operations::Addresses, parameters::Common, roots::Formats,
    sample::Sample, session::Given,
};
use crate::{members::Drafting, page::Page};

/// A page, and the operation that it is of.
#[derive(Debug, Clone)]
pub(crate) struct Stated {
    pub(crate) operation: usize,
    pub(crate) page: Page,
    /// The file.
    pub(crate) source: String,
}

/// All that was inferred.
#[derive(Debug)]
pub(crate) struct Inferred {
    pub(crate) samples: Vec<Sample>,
    pub(crate) addresses: Addresses,
    pub(crate) formats: Formats,
    pub(crate) envelope: Envelope,
    pub(crate) errors: Errors,
    pub(crate) given: IndexMap<String, Given>,
    pub(crate) common: Common,
    pub(crate) drafting: Drafting,
    /// What pages say.
    pub(crate) stated: Vec<Stated>,
    /// Members of replies in JSON that no sample shows in XML: it may have them as attributes.
    pub(crate) unshown: Vec<String>,
    /// Whether somebody said which of those are attributes.
    pub(crate) attributes_are_said: bool,
    /// What was not clear, for people.
    pub(crate) notes: Vec<String>,
}
