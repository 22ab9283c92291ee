//! What separates the parts of a multipart body.

/// The longest boundary, RFC 2046 section 5.1.1.
const LONGEST_BOUNDARY: usize = 70;

/// Whether a boundary may be so: RFC 2046 section 5.1.1, without the space, which many servers lose.
pub(crate) fn is_boundary(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte);
    (1..=LONGEST_BOUNDARY).contains(&text.len()) && text.bytes().all(sign)
}
