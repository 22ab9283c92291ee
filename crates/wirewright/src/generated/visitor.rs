//! All operations of a vendor, one after the other, for tools that know no vendor: mock servers, a shell's calls, fuzzing.

use std::fmt::Debug;

use crate::{
    exchange::{described::DescribedSession, typed::Request},
    wire::OwnedMessage,
};

/// What is done with each operation of a vendor. A generated crate's `operations::visit` shows it every one, as types.
///
/// ```
/// use wirewright::{exchange::Request, generated::Visitor, wire::OwnedMessage};
///
/// /// The names of the operations.
/// struct Names(Vec<&'static str>);
///
/// impl Visitor for Names {
///     // An implementation may ask for less than the trait does.
///     fn operation<R: Request, C: OwnedMessage, O: OwnedMessage, S: OwnedMessage>(&mut self) {
///         self.0.push(R::OPERATION.name);
///     }
/// }
///
/// /// What a generated crate has.
/// mod operations {
///     # use wirewright::generated::Visitor;
///     pub fn visit(visitor: &mut impl Visitor) {
///         // visitor.operation::<session::Login, Nothing, Nothing, Nothing>();
///         # let _ = visitor;
///     }
/// }
///
/// let mut names = Names(Vec::new());
/// operations::visit(&mut names);
/// ```
///
/// Nothing of a visit is compiled into a program that makes none: it is generic over the visitor.
pub trait Visitor {
    /// One operation. `R` is its request, `C` and `O` are the parameters of the client and the options of the call, and `S` is
    /// what the calls of its session carry: of the first kind, where it takes several, and [`Nothing`](crate::exchange::Nothing) where it
    /// takes none.
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + Clone + Debug + PartialEq + 'static,
        R::Envelope: Debug + PartialEq,
        R::FailedEnvelope: Debug + PartialEq,
        R::Answer: Clone + Debug + PartialEq,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + Debug + PartialEq + Sync + 'static,
        O: OwnedMessage + Debug + PartialEq + Sync + 'static,
        S: OwnedMessage + Debug + PartialEq + Sync + 'static;

    /// One kind of session. They come before the operations; a visitor that has no use for them says nothing.
    fn session<S: DescribedSession>(&mut self) {}
}
