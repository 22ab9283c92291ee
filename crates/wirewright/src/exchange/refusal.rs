//! A vendor's refusal as those see it who handle it and did not make it.

use std::{borrow::Cow, fmt};

use crate::{
    describe::class::Class,
    exchange::typed::{ErrorCode as _, Failure},
};

/// A vendor's refusal: what errors print, and what decides whether a call is tried again.
///
/// Every [`Failure`] is one. A value that is made at run time, from a definition that no code was generated of, can be one without
/// being a [`Failure`]: it needs no type for its codes, and none for its data.
///
/// ```
/// use std::borrow::Cow;
/// use wirewright::{describe::Class, exchange::{Error, Refusal}};
///
/// #[derive(Debug)]
/// struct Refused {
///     code: String,
/// }
///
/// impl Refusal for Refused {
///     fn code_text(&self) -> Option<Cow<'_, str>> {
///         Some(Cow::Borrowed(&self.code))
///     }
///
///     fn class(&self) -> Class {
///         Class::GiveUp
///     }
///
///     fn description(&self) -> &str {
///         "what the definition says of the code"
///     }
/// }
///
/// let error = Error::<Refused>::Unopened;
/// assert_eq!(error.class(), Class::GiveUp);
/// ```
pub trait Refusal: fmt::Debug + Send + Sync + 'static {
    /// The code as it is on the wire: digits, or a name. `None`: it came without one.
    fn code_text(&self) -> Option<Cow<'_, str>>;

    /// Whether the definition tells of the code: what it does not tell of, HTTP may.
    fn is_known(&self) -> bool {
        true
    }

    /// What a caller can do about it. Unknown codes are [`Class::GiveUp`].
    fn class(&self) -> Class;

    /// What the vendor's page says of the code.
    fn description(&self) -> &str;

    /// What the vendor said, in words.
    fn message(&self) -> Option<&str> {
        None
    }

    /// A number that tells more than the code, for vendors that have one.
    fn detail(&self) -> Option<i64> {
        None
    }

    /// The request's ID as the vendor echoed it, for vendors that do.
    fn request_id(&self) -> Option<&str> {
        None
    }

    /// The HTTP status of replies with this code, where that is not the status of a success.
    fn http_status(&self) -> Option<u16> {
        None
    }
}

impl<F: Failure> Refusal for F {
    fn code_text(&self) -> Option<Cow<'_, str>> {
        self.code().as_wire()
    }

    fn is_known(&self) -> bool {
        self.code().is_known()
    }

    fn class(&self) -> Class {
        self.code().class()
    }

    fn description(&self) -> &str {
        self.code().description()
    }

    fn message(&self) -> Option<&str> {
        Failure::message(self)
    }

    fn detail(&self) -> Option<i64> {
        Failure::detail(self)
    }

    fn request_id(&self) -> Option<&str> {
        Failure::request_id(self)
    }

    fn http_status(&self) -> Option<u16> {
        self.code().http_status()
    }
}

/// One of any vendor.
impl Refusal for Box<dyn Refusal> {
    fn code_text(&self) -> Option<Cow<'_, str>> {
        (**self).code_text()
    }

    fn is_known(&self) -> bool {
        (**self).is_known()
    }

    fn class(&self) -> Class {
        (**self).class()
    }

    fn description(&self) -> &str {
        (**self).description()
    }

    fn message(&self) -> Option<&str> {
        (**self).message()
    }

    fn detail(&self) -> Option<i64> {
        (**self).detail()
    }

    fn request_id(&self) -> Option<&str> {
        (**self).request_id()
    }

    fn http_status(&self) -> Option<u16> {
        (**self).http_status()
    }
}
