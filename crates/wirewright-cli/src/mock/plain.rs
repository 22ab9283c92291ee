//! Responses that no definition describes.

use http::{Response, StatusCode, header};

pub(super) fn plain(status: StatusCode, media_type: &'static str, text: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(text.as_bytes().to_vec());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
    response
}
