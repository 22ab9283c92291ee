//! Invented vendors, and a few real ones, called end to end.

mod code_header;
mod continued;
mod headers;
mod ids;
mod lighthouse;
mod names;
mod outcome;
mod refusals;
mod reply_headers;
mod roots;
mod rows;
mod serialized;
mod served;
mod sessions;
mod sharedkey;
mod tide;
