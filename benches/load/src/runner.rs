//! What opens and closes sessions, whoever makes the calls.

/// What opens and closes sessions.
pub(crate) trait Runner {
    /// Makes as many calls as there are at the same time, which the server answers when all have come: there are as many connections
    /// then as there will ever be.
    fn connect(&self, by: By) -> Outcome;
    /// Opens and closes so many sessions; gives how many failed, and why the first one did.
    fn run(&self, by: By, sessions: usize) -> Outcome;
}

/// Who makes the calls.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// A generated client.
    Generated,
    /// The same written by hand, on the same HTTP library.
    Hand,
}

/// How many sessions failed, and why the first one did.
pub(crate) type Outcome = Result<(), (usize, String)>;

/// Where the server answers calls that have come together.
pub(crate) const TOGETHER: &str = "/together";
