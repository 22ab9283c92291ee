//! What a mock sends where a reply is a picture, a page or the like: something small that programs take for one.

/// A valid body of this media type; of one that nothing is known of, a line of text.
pub(super) fn of(media_type: &str) -> &'static [u8] {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "image/png" => include_bytes!("pictures/dot.png"),
        "image/gif" => include_bytes!("pictures/dot.gif"),
        "image/jpeg" | "image/jpg" => include_bytes!("pictures/dot.jpg"),
        "image/svg+xml" => {
            br##"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="#808080"/></svg>"##
        }
        "text/html" => {
            b"<!DOCTYPE html>\n<html lang=\"en\"><head><title>A mock's reply</title></head><body><p>A mock's reply.</p></body></html>\n"
        }
        "application/xhtml+xml" => {
            b"<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>A mock's reply</title></head><body><p>A mock's reply.</p></body></html>\n"
        }
        "text/csv" => b"answer\r\na mock's reply\r\n",
        json if json.ends_with("/json") || json.ends_with("+json") => b"{\"answer\":\"a mock's reply\"}",
        xml if xml.ends_with("/xml") || xml.ends_with("+xml") => b"<answer>a mock's reply</answer>",
        _ => b"a mock's reply",
    }
}
