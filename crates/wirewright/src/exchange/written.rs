//! The parts of a request that is being written.

use std::borrow::Cow;

use crate::{
    EncodeError, EncodeErrorKind, Format,
    describe::protocol::ParameterDescription,
    exchange::{operation_parameters::RequestParts, placed::Headers, request_error::RequestError},
    text::charset::{Charset, encode_form},
    transport::request_id::RequestId,
};

/// The parts of a request.
pub(crate) struct Written {
    /// Those that the URL had already, form-urlencoded.
    pub(crate) in_url: String,
    /// Form-urlencoded.
    pub(crate) parameters: String,
    /// What is beside them.
    pub(crate) parts: RequestParts,
    pub(crate) placed: Headers,
    /// The parameters that computed values only are made of and that are no secrets, form-urlencoded.
    pub(crate) of_computed: String,
    /// Where computed values are to be, in the order of the definition.
    pub(crate) computed: Vec<ComputedPlace>,
    /// How long the parameters were before computed ones, and those of the URL, came to them.
    pub(crate) own_length: usize,
    pub(crate) request_id: Option<RequestId>,
}

/// The place of a computed value.
#[derive(Clone, Copy)]
pub(crate) struct ComputedPlace {
    pub(crate) parameter: &'static ParameterDescription,
    /// Which one of the computation's parameters it is.
    pub(crate) index: usize,
    /// Behind so many bytes of the parameters, or of those that computed values only are made of.
    pub(crate) at: usize,
}

/// Parameters as they are sent.
pub(crate) fn in_charset<'t>(parameters: &'t str, charset: &Charset) -> Result<Cow<'t, str>, RequestError> {
    encode_form(parameters, charset).map_err(|name| {
        RequestError::Encode(EncodeError::new(Format::Query, &name, EncodeErrorKind::Charset))
    })
}

/// The form-urlencoded texts behind each other.
pub(crate) fn joined<const N: usize>(texts: [&str; N]) -> String {
    let mut all = String::with_capacity(texts.iter().map(|text| text.len() + 1).sum());
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !all.is_empty() {
            all.push('&');
        }
        all.push_str(text);
    }
    all
}
