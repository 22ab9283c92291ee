//! The session.

use super::vocabulary::{Entries, vocabulary};

vocabulary! {
    /// `[session]`, or an entry of `[sessions]`.
    SESSION, session: "a session" + facts;
    must OPENS = "opens", Text, "The operation that opens it: `group/operation`. It opens no other kind.";
    may CLOSES = "closes", Text, "The operation that ends it.";
    may CONDITIONAL = "conditional", Flag,
        "Whether the call that opens it may succeed and open none. There is one when the reply has all that the session keeps, \
         which need not be promised then.";
    must FIELDS = "fields", Entries(Entries::tables("a field of the session", &SESSION_FIELD)), "What the session keeps.";
    may CLOCK = "clock", Text,
        "Where the opening reply has the server's clock, in seconds since 1970-01-01 UTC: `data.x`. Parameters from the clock then carry the server's time.";
}

vocabulary! {
    /// A field of the session.
    SESSION_FIELD, session_field: "a field of the session" + facts;
    must FROM = "from", Text,
        "Where its value is: `request.x.y` or `data.x.y` of the opening operation; `session.x`, a field of the session that the opening operation is called in; or `computed.x`, a computed value that is made of the opening operation's.";
    may SECRET = "secret", Flag, "Whether it must not be shown.";
    may NAME = "name", Text, "What it is called in Rust.";
}
