//! Signatures and other computed values: what a definition says of them is data, which one evaluator works out on both sides.

mod algorithm;
mod computation;
mod encode_set;
mod encoding;
mod evaluate;
#[cfg(feature = "hashes")]
mod hashes;
mod headers;
mod message;
mod pairs;
mod prepared;
mod reply;
mod signed_reply;
mod step;
#[cfg(feature = "server")]
mod take_apart;
mod text;
mod url;

#[cfg(feature = "legacy-hashes")]
pub use self::hashes::{HMAC_MD5, HMAC_SHA1, MD5, SHA1};
#[cfg(feature = "hashes")]
pub use self::hashes::{HMAC_SHA224, HMAC_SHA256, HMAC_SHA384, HMAC_SHA512, SHA224, SHA256, SHA384, SHA512};
pub(crate) use self::signed_reply::{Reply, is_signed_reply};
pub use self::{
    algorithm::Algorithm,
    computation::{Computation, Compute, ComputedParameter, Demand, Signed},
    encode_set::{EncodeSet, percent_encode},
    encoding::TextEncoding,
    evaluate::{Known, KnownText, NotComputed, NothingKnown},
    message::Message,
    prepared::PreparedKeys,
    reply::{ReplyKeys, ReplyPlace, ReplySignature},
    step::{PairList, PairOrder, PairPart, PairSource, Part, Step, StepContent},
};
#[cfg(feature = "server")]
pub(crate) use self::{signed_reply::reply_signature, take_apart::TakenApart};
