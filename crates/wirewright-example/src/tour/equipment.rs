//! What every part of the tour works with.

use wirewright_ureq::Transport;

use crate::{loopback::Loopback, report::Report, transcript::Shown};

/// What the clients of a vendor send with: ureq, written down without the vendor's secrets.
pub(super) type Wire = Shown<Transport>;

/// What every part of the tour works with.
pub(super) struct Tour<'a> {
    pub(super) loopback: &'a Loopback,
    pub(super) wire: Wire,
    pub(super) report: &'a mut Report,
}
