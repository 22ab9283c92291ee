//! Requests as they are sent, replies as they are taken, and what a client does in between.

mod address;
mod at_once;
mod body;
mod charset;
mod described;
mod errors;
mod ids;
mod location;
mod multipart;
mod observe;
mod pagination;
mod reauth;
mod reply;
mod request;
mod retries;
mod scripted;
mod secrets;
mod server;
mod sign;
mod support;
mod tolerant;
mod wait;
