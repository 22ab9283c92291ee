//! What the files of a generated crate name without a path.

// `Future` is not in the prelude of editions before 2024, which the vendors' crates may have.
pub use std::{borrow::Cow, collections::BTreeMap, future::Future};

pub use super::{DescribedSession, Failure as _, Nothing, OpenedEnvelope, Payload, RawEnvelope};
#[cfg(feature = "server")]
pub use super::{Serve, ServeSessions, Serving};
#[cfg(feature = "rows")]
pub use crate::rows;
#[cfg(feature = "server")]
pub use crate::server::{Answering, Incoming, Rejection};
pub use crate::{
    Blob, ConstantTime, File, Format, FormedText, Secret, SeparatedText, TextForms, TextSeparators, Wire,
    client::{Answers, AsClient, ClockSkew, Core, In, MayOpen, NoSession, OfferedRequest, Opens, Raw, Scope},
    describe::{
        self, Class, FormatDescription, Groups, Operation, ParameterDescription, ParameterSource, Protocol,
        RawDescription, ServerCondition, SessionKind,
    },
    exchange::RawReply,
    sign,
    wire::{self, Document},
    zeroize::Zeroize,
};
#[cfg(feature = "time")]
pub use crate::{CivilDate, CivilTime, DateTime, DateTimeFormats, Epoch, EpochFormat, EpochTime, EpochUnit};
