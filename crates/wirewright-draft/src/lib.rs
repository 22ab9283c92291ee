//! A vendor's definition, drafted from samples of its requests and replies, and from its page.

mod exchange;
mod fault;
mod input;

pub use self::{
    exchange::{Carried, Exchange, Parameter, Shown},
    fault::InputError,
    input::{Inputs, PageText},
};
