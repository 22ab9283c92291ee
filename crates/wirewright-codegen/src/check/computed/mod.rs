//! Computed values: that each is made of one thing, can be worked out, shows no secret, and can be read by a server.

mod carrier;
mod opening;
mod order;
mod reply;
mod step;
mod values;

pub(super) use self::values::{carried, of_session, secrets};
use super::context::Context;

pub(super) fn check(cx: &Context<'_>) {
    for step in &cx.protocol().computed {
        step::check(cx, step);
    }
    for parameter in &cx.protocol().parameters {
        carrier::check(cx, parameter);
    }
    opening::check(cx);
    order::turns(cx);
    reply::check(cx);
    carrier::whole_bodies(cx);
}
