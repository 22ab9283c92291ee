//! The definition as it was written, with positions and without guesses.

mod facts;
mod member;
mod operation;
mod protocol;
mod types;

pub(crate) use self::{
    facts::Facts,
    member::{Cells, Member, MemberWords, Rows},
    operation::{Example, Group, NONE, Operation, Outcome, Pagination, Raw, path_of},
    protocol::{
        Body, Computed, EnvelopeMember, ErrorCode, Format, Parameter, Protocol, Session, SessionField,
    },
    types::{EnumerationValue, Type, TypeKind, Variant},
};
pub(crate) use super::table::{Scalar, ScalarKind};
pub(crate) use crate::words::{ParameterLocation, Provider};

#[derive(Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) protocol: Protocol<'a>,
    pub(crate) types: Vec<Type<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
}
