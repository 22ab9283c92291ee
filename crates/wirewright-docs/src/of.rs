//! What the page of an operation is written from.

use wirewright_codegen::plan::{context::Context, operations::Named};
use wirewright_interpret::{Definition, OperationType};

use crate::places::Places;

/// An operation with all that is around it.
pub(crate) struct Of<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) context: &'a Context<'a>,
    pub(crate) places: &'a Places,
    pub(crate) operation: &'a OperationType,
    pub(crate) named: &'a Named<'a>,
    /// Its page, in the vendor's folder.
    pub(crate) file: &'a str,
}
