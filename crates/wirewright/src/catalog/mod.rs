//! What definitions tell people about vendors, as data, for tools that show it to them: what an operation is for, which parameters
//! it takes, which values are secret, and what the vendor's pages show as replies.
//!
//! Tools make it of a definition when they read one. What programs need of a vendor is in the vendor's own crate; nothing there refers
//! to this module.

mod redact;

use crate::Format;

/// A vendor.
///
/// [`redact`](Self::redact), [`redact_body`](Self::redact_body) and [`redact_uri`](Self::redact_uri) show what goes over the wire
/// without its secrets.
#[derive(Clone, Copy, Debug)]
pub struct Vendor {
    /// What tools call it: the folder of its definition, as in `parcel-post`.
    pub name: &'static str,
    /// What the vendor calls its API.
    pub title: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its operations, in the order of the definition.
    pub operations: &'static [&'static crate::describe::protocol::Operation],
    /// What is told about each of them, in the same order.
    pub facts: &'static [Facts],
    /// What is told about the parameters that are not an operation's own. Which of them an operation takes, its
    /// [protocol](crate::describe::Protocol::parameters) says.
    pub parameters: &'static [Parameter],
    /// The codes of its errors, as they are on the wire.
    pub errors: &'static [&'static str],
    /// The names on the wire under which secrets travel, in requests and replies of any format.
    pub secrets: &'static [&'static str],
    /// What replies say of [paginated calls](crate::client::PaginatedRequest): where the next one goes.
    pub next_calls: &'static [NextCall],
}

impl Vendor {
    /// An operation by its name, with what is told about it.
    pub fn operation(
        &self,
        name: &str,
    ) -> Option<(&'static crate::describe::protocol::Operation, &'static Facts)> {
        let (operations, facts) = (self.operations.iter().copied(), self.facts.iter());
        operations.zip(facts).find(|(operation, _)| operation.name == name)
    }

    /// Whether what is under this name may be a secret.
    pub fn is_secret(&self, name: &str) -> bool {
        self.secrets.contains(&name)
    }
}

/// What is told about an operation.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// What it does.
    pub doc: &'static str,
    /// Its own parameters, in the order of the wire.
    pub parameters: &'static [Parameter],
    /// Whether it takes parameters that the definition does not tell of.
    pub open: bool,
    /// Replies of calls that succeeded, as the vendor's pages show them.
    pub replies: &'static [Reply],
}

/// What is told about a parameter.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether no call can be made without it.
    pub required: bool,
    /// Whether its value must not be seen.
    pub secret: bool,
    /// Whether it is a file.
    pub file: bool,
    /// Whether longer names, which begin with its own, are its as well: those of the members of a structure or of the items of a
    /// numbered list.
    pub nested: bool,
    /// The values that are known, where it has a list of them.
    pub values: &'static [&'static str],
}

impl Parameter {
    /// A parameter that may be left out, with any text as its value.
    ///
    /// ```
    /// use wirewright::catalog::Parameter;
    ///
    /// const KILL: Parameter = Parameter::new("kill", "What to do about a session that exists already.").of(&["yes", "no"]);
    /// const PASSWORD: Parameter = Parameter::new("pswd", "The user's password.").required().secret();
    ///
    /// assert_eq!((KILL.required, KILL.values), (false, &["yes", "no"][..]));
    /// assert!(PASSWORD.required && PASSWORD.secret && !PASSWORD.file);
    /// ```
    pub const fn new(name: &'static str, doc: &'static str) -> Self {
        Self { name, doc, required: false, secret: false, file: false, nested: false, values: &[] }
    }

    /// The same, without which no call can be made.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same, whose value must not be seen.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// The same, as a file.
    #[must_use]
    pub const fn file(self) -> Self {
        Self { file: true, ..self }
    }

    /// The same, to which names that begin with its own belong as well.
    #[must_use]
    pub const fn nested(self) -> Self {
        Self { nested: true, ..self }
    }

    /// The same, with the values that are known.
    #[must_use]
    pub const fn of(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }
}

/// A reply as a page shows it.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    /// Its format.
    pub format: Format,
    /// Its text.
    pub text: &'static str,
}

/// A member of a reply that tells where a next call goes: the one after it, of paginated calls, or the first one of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextCall {
    /// The operation whose reply it is.
    pub told_by: &'static str,
    /// The name of the member in JSON. It is among the members of the operation's own reply, and is a URL.
    pub url: &'static str,
    /// The operation that is called there.
    pub operation: &'static str,
}
