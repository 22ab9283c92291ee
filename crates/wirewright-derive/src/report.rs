//! One place that collects every fault of an item, each at its token.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// The faults found so far.
#[derive(Default)]
pub(crate) struct Report {
    faults: Option<Error>,
}

impl Report {
    /// Adds a fault at `span`.
    pub(crate) fn fault(&mut self, span: Span, message: impl Display) {
        self.add(Error::new(span, message));
    }

    /// Adds a fault that underlines all of `tokens`.
    pub(crate) fn fault_across(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.add(Error::new_spanned(tokens, message));
    }

    /// Adds a fault that a parser found.
    pub(crate) fn add(&mut self, fault: Error) {
        match &mut self.faults {
            Some(faults) => faults.combine(fault),
            None => self.faults = Some(fault),
        }
    }

    /// What the compiler is to be told, when there is anything.
    pub(crate) fn into_compile_errors(self) -> Option<TokenStream> {
        self.faults.map(|faults| faults.to_compile_error())
    }
}
