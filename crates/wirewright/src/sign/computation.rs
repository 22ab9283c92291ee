//! The computed values of a definition, and what both sides ask of them.

#[cfg(feature = "server")]
use std::borrow::Cow;
use std::{fmt::Debug, iter};

#[cfg(feature = "server")]
use subtle::ConstantTimeEq as _;

use super::{
    algorithm::Algorithm,
    evaluate::{Evaluation, Known, KnownText, NotComputed},
    message::Message,
    prepared::PreparedKeys,
    reply::{ReplyKeys, ReplySignature},
    step::{PairSource, Part, Step, StepContent},
};
#[cfg(feature = "server")]
use super::{
    encoding::TextEncoding,
    pairs,
    step::PairList,
    take_apart::{self, TakenApart},
};
use crate::Secret;

/// What a vendor's definition says of computed values: signatures, keys, digests, composed headers.
///
/// ```
/// use wirewright::sign::{
///     Compute, Computation, StepContent, EncodeSet, HMAC_SHA256, Message, NothingKnown, PairList, PairSource, Part, Step, Signed, TextEncoding,
/// };
///
/// // The base string of OAuth 1.0 (RFC 5849 section 3.4.1), under a key that everybody knows.
/// static OAUTH: Computation = Computation {
///     steps: &[
///         Step {
///             percent_encode: EncodeSet::Rfc3986,
///             ..Step::new("normalized", StepContent::Pairs(&PairList::new(&[PairSource::Query])))
///         },
///         Step {
///             percent_encode: EncodeSet::Rfc3986,
///             algorithms: &[&HMAC_SHA256],
///             key: &[&[Part::Literal("session-key")]],
///             encoding: Some(TextEncoding::Base64),
///             ..Step::new("signature", StepContent::Template(&[
///                 Part::Method, Part::Literal("&"), Part::Url, Part::Literal("&"), Part::Step(0),
///             ]))
///         },
///     ],
///     parameters: &[],
///     reply: None,
/// };
///
/// let message = Message {
///     method: "GET",
///     url: "https://api.example.com/logout",
///     query: "f=json&s=a+b&a=TOKEN%2B1%2F2%3D",
///     ..Message::EMPTY
/// };
/// let signed = Signed::new(&message, &NothingKnown);
/// assert_eq!(OAUTH.value(1, &signed)?, "tF9KN03oIm/YPMDlhhbWj/0BcAIp8fp7CWdDx1W04MA=");
/// # Ok::<(), wirewright::sign::NotComputed>(())
/// ```
#[derive(Debug)]
pub struct Computation {
    /// Each value, in the order of the definition.
    pub steps: &'static [Step],
    /// The parameters that carry some of them, in the order in which they are computed.
    pub parameters: &'static [ComputedParameter],
    /// The one that signs replies, where the vendor does.
    pub reply: Option<ReplySignature>,
}

/// A parameter that carries a computed value.
#[derive(Debug)]
pub struct ComputedParameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Which value.
    pub step: usize,
    /// When it must be there.
    pub demand: Demand,
}

/// When a request must have a computed value: what has no secret in it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// There is no secret in it: it is there when it can be computed.
    Never,
    /// The client's secrets are in it, which every client has: always.
    Always,
    /// A secret is in it that a client may do without: on signed operations.
    Signed,
    /// A field of the session is in it: on signed operations, in sessions that have the field.
    Session,
}

/// A message and what is known beside it.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    message: &'a Message<'a>,
    known: &'a dyn Known,
    algorithm: Option<&'static Algorithm>,
    keys: Option<&'a PreparedKeys>,
}

impl<'a> Signed<'a> {
    /// A message, and the values that are not in it.
    pub const fn new(message: &'a Message<'a>, known: &'a dyn Known) -> Self {
        Self { message, known, algorithm: None, keys: None }
    }

    /// The same by another algorithm than the first, where there is a choice.
    #[must_use]
    pub const fn by(self, algorithm: Option<&'static Algorithm>) -> Self {
        Self { algorithm, ..self }
    }

    /// The same under keys that have been made ready, where somebody keeps them.
    #[must_use]
    pub const fn under(self, keys: Option<&'a PreparedKeys>) -> Self {
        Self { keys, ..self }
    }

    fn evaluation(&self, steps: &'static [Step]) -> Evaluation<'a> {
        Evaluation {
            algorithm: self.algorithm,
            keys: self.keys,
            ..Evaluation::new(steps, self.message, self.known)
        }
    }
}

impl Debug for Signed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signed").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// What is asked of computed values. A vendor's data names [`Computation`] where it has some; whoever has none does not link it.
pub trait Compute: Debug + Sync {
    /// The parameters that carry computed values, in the order in which they are computed.
    fn parameters(&self) -> &'static [ComputedParameter];

    /// The names of the values, in the order of the definition.
    fn names(&self) -> Vec<&'static str>;

    /// Whether some value is made of headers.
    fn reads_headers(&self) -> bool;

    /// Whether some value is made of the body.
    fn reads_body(&self) -> bool;

    /// The value that signs replies, where the vendor does.
    fn reply(&self) -> Option<ReplySignature>;

    /// What replies are signed with, of what a client or a server knows.
    fn reply_keys(&self, known: &dyn Known, algorithm: Option<&'static Algorithm>) -> ReplyKeys;

    /// The text of a value.
    ///
    /// # Errors
    ///
    /// When something that it is made of is missing.
    fn value(&self, step: usize, signed: &Signed<'_>) -> Result<String, NotComputed>;

    /// What is hashed, signed or encoded to make a value, with the secrets as the definition has them: `{client.secret}`.
    ///
    /// # Errors
    ///
    /// When something that it is made of is missing.
    fn shown(&self, step: usize, signed: &Signed<'_>) -> Result<String, NotComputed>;

    /// What a request's text of a value tells: the values of its template, the names of its pairs.
    #[cfg(feature = "server")]
    #[doc(hidden)]
    fn take_apart(&self, step: usize, text: &str, taken: &mut TakenApart) -> Option<()>;

    /// Whether every value of a request that proves something is right. All are computed, and compared in constant time.
    #[cfg(feature = "server")]
    #[doc(hidden)]
    fn verify(
        &self,
        taken: &TakenApart,
        signed: &Signed<'_>,
        taken_algorithms: Option<&[&Algorithm]>,
    ) -> bool;
}

impl Compute for Computation {
    fn parameters(&self) -> &'static [ComputedParameter] {
        self.parameters
    }

    fn names(&self) -> Vec<&'static str> {
        self.steps.iter().map(|step| step.name).collect()
    }

    fn reads_headers(&self) -> bool {
        let lists = |step: &Step| match &step.content {
            StepContent::Pairs(list) => list.of.contains(&PairSource::Headers),
            StepContent::Template(_) => false,
        };
        self.steps.iter().any(lists)
            || self.parts().any(|part| matches!(part, Part::Header(_) | Part::Parameter { .. }))
    }

    fn reads_body(&self) -> bool {
        self.parts().any(|part| matches!(part, Part::Body | Part::BodyLength))
    }

    fn reply(&self) -> Option<ReplySignature> {
        self.reply
    }

    fn reply_keys(&self, known: &dyn Known, algorithm: Option<&'static Algorithm>) -> ReplyKeys {
        let client = self.parts().filter_map(|part| match part {
            Part::Client { member, .. } => Some(*member),
            _ => None,
        });
        let session = self.parts().filter_map(|part| match part {
            Part::Session { name, .. } => Some(*name),
            _ => None,
        });
        ReplyKeys::new(known, client, session, algorithm)
    }

    fn value(&self, step: usize, signed: &Signed<'_>) -> Result<String, NotComputed> {
        signed.evaluation(self.steps).value(step)
    }

    fn shown(&self, step: usize, signed: &Signed<'_>) -> Result<String, NotComputed> {
        Evaluation { unfilled: true, ..signed.evaluation(self.steps) }.shown(step)
    }

    #[cfg(feature = "server")]
    fn take_apart(&self, step: usize, text: &str, taken: &mut TakenApart) -> Option<()> {
        take_apart::step(self.steps, step, text, taken)
    }

    #[cfg(feature = "server")]
    fn verify(&self, taken: &TakenApart, signed: &Signed<'_>, algorithms: Option<&[&Algorithm]>) -> bool {
        let mut right = includes(self.steps, taken, signed.message);
        let proofs = taken.steps.iter().filter(|(step, _)| proves(self.steps, *step, 0));
        for (step, sent) in proofs {
            let Some(described) = self.steps.get(*step) else { continue };
            // A `+` of base64 that was sent without percent-encoding arrives as a space.
            let bare = described.encoding == Some(TextEncoding::Base64) && !described.algorithms.is_empty();
            let sent = if bare { Cow::Owned(sent.replace(' ', "+")) } else { Cow::Borrowed(sent.as_str()) };
            let mut one = false;
            // Each is tried: the time tells nothing but their number.
            let choices: Vec<Option<&'static Algorithm>> = match described.algorithms {
                [] => vec![None],
                several => several
                    .iter()
                    .filter(|one| {
                        described.algorithms.len() == 1 || algorithms.is_none_or(|taken| taken.contains(one))
                    })
                    .map(|one| Some(*one))
                    .collect(),
            };
            for algorithm in choices {
                let evaluation =
                    Evaluation { names: &taken.names, ..signed.by(algorithm).evaluation(self.steps) };
                let expected = evaluation.value(*step);
                one |= expected.is_ok_and(|expected| bool::from(expected.as_bytes().ct_eq(sent.as_bytes())));
            }
            right &= one;
        }
        right
    }
}

/// Whether what must be among signed pairs is: a header that was smuggled in says nothing.
#[cfg(feature = "server")]
fn includes(steps: &[Step], taken: &TakenApart, message: &Message<'_>) -> bool {
    let list = |step: usize| match &steps.get(step)?.content {
        StepContent::Pairs(list) => Some(*list),
        StepContent::Template(_) => None,
    };
    let complete = |list: &PairList, signed: &[String]| {
        let has = |name: &str| signed.iter().any(|one| one.eq_ignore_ascii_case(name));
        list.must_include.iter().all(|pattern| {
            if !pattern.ends_with('*') {
                return has(pattern);
            }
            let sent = pairs::names(list, message);
            let meant = sent.iter().filter(|name| list.named(&[pattern], name));
            meant.into_iter().all(|name| list.leaves_out(name) || has(name))
        })
    };
    taken.names.iter().all(|(step, signed)| list(*step).is_some_and(|list| complete(list, signed)))
}

/// Whether a text that was sent proves something by itself: it has been hashed or signed, or a secret can be read in it.
#[cfg(feature = "server")]
fn proves(steps: &[Step], step: usize, depth: usize) -> bool {
    let Some(described) = steps.get(step) else { return false };
    let readable = |part: &Part| match *part {
        Part::Client { secret, .. } => secret,
        Part::Session { .. } => true,
        // No definition has a cycle.
        Part::Step(inner) if depth < steps.len() => {
            steps.get(inner).is_some_and(|inner| inner.algorithms.is_empty())
                && proves(steps, inner, depth + 1)
        }
        _ => false,
    };
    match &described.content {
        _ if !described.algorithms.is_empty() => true,
        StepContent::Template(parts) => parts.iter().any(readable),
        StepContent::Pairs(_) => false,
    }
}

impl Computation {
    /// A value that is made of those of an opening call only: the key of a session.
    pub fn derived(&self, step: usize, opening: &[&str]) -> Secret<String> {
        /// The values of an opening call.
        struct Opening<'o>(&'o [&'o str]);

        impl Known for Opening<'_> {
            fn client(&self, _: usize) -> Option<KnownText<'_>> {
                None
            }

            fn session(&self, _: &str) -> Option<KnownText<'_>> {
                None
            }

            fn opening(&self, index: usize) -> Option<KnownText<'_>> {
                self.0.get(index).copied().map(KnownText::new)
            }
        }
        let known = Opening(opening);
        // A definition makes it of nothing else, so that nothing is missing.
        let value = Evaluation::new(self.steps, &Message::EMPTY, &known).value(step);
        Secret::new(value.unwrap_or_default())
    }

    /// The parts of all templates.
    fn parts(&self) -> impl Iterator<Item = &'static Part> {
        self.steps.iter().flat_map(|step| {
            let content = match step.content {
                StepContent::Template(parts) => parts,
                StepContent::Pairs(_) => &[],
            };
            iter::once(content).chain(step.key.iter().copied()).flatten()
        })
    }
}
