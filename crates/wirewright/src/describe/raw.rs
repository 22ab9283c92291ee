//! What a reply without an envelope may be.

use http::StatusCode;

/// What a reply without an envelope may be.
#[derive(Debug)]
pub struct RawDescription {
    /// The media types that a body may have, without parameters; empty: any.
    pub media_types: &'static [&'static str],
    /// The statuses of HTTP that mean success; empty: those from 200 to 299.
    pub statuses: &'static [u16],
}

impl RawDescription {
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        if self.statuses.is_empty() { status.is_success() } else { self.statuses.contains(&status.as_u16()) }
    }

    pub(crate) fn takes(&self, content_type: Option<&str>) -> bool {
        let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        self.media_types.is_empty()
            || self.media_types.iter().any(|known| known.eq_ignore_ascii_case(essence))
    }
}
