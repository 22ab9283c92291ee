//! The form of a multipart request: its texts are parameters like any others, its files are set aside.

use http::header;

use crate::{
    File, Limits,
    describe::class::ServerCondition,
    multipart::read::{MultipartError, is_multipart, parts},
    server::rejection::Rejection,
    text::charset::Charset,
};

/// The form of a received request.
pub(crate) struct Form {
    /// The texts, form-urlencoded.
    pub(crate) parameters: String,
    /// The files, in their order.
    pub(crate) files: Vec<(String, File)>,
}

impl Form {
    /// Reads the body of a request, if it says that it is `multipart/form-data`.
    pub(crate) fn read(
        request: &http::Request<Vec<u8>>,
        charset: &Charset,
        limits: &Limits,
    ) -> Option<Result<Self, MultipartError>> {
        let mut content_types = request.headers().get_all(header::CONTENT_TYPE).iter();
        let content_type = content_types.next()?.to_str().ok()?;
        if content_types.next().is_some() || !is_multipart(content_type) {
            return None;
        }
        Some(Self::of(content_type, request.body(), charset, limits))
    }

    fn of(
        content_type: &str,
        body: &[u8],
        charset: &Charset,
        limits: &Limits,
    ) -> Result<Self, MultipartError> {
        let refused = |what| MultipartError::new(what, 0);
        let mut texts = form_urlencoded::Serializer::new(String::new());
        let mut files = Vec::new();
        for part in parts(content_type, body, limits)? {
            match part.file_name {
                None => {
                    let text = charset.decode(part.content);
                    let text =
                        text.ok_or_else(|| refused("expected texts in UTF-8, or in the vendor's charset"))?;
                    texts.append_pair(&part.name, &text);
                }
                // What a browser sends where no file was chosen.
                Some(name) if name.is_empty() && part.content.is_empty() => {}
                Some(name) if name.is_empty() => return Err(refused("expected a name for the file")),
                Some(name) => {
                    let mut file = File::new(name, part.content);
                    if let Some(media_type) = part.media_type {
                        file = file.with_media_type(media_type);
                    }
                    files.push((part.name, file));
                }
            }
        }
        Ok(Self { parameters: texts.finish(), files })
    }

    /// That files are where the operation has files, and texts where it has none.
    pub(crate) fn check(
        expected: &[&str],
        parameters: &str,
        files: &[(String, File)],
    ) -> Result<(), Rejection> {
        let texts = form_urlencoded::parse(parameters.as_bytes()).map(|(name, _)| name);
        let wrong_text =
            texts.into_iter().find(|name| expected.contains(&&**name)).map(|name| name.to_string());
        let wrong_file =
            || files.iter().map(|(name, _)| name).find(|name| !expected.contains(&name.as_str()));
        match wrong_text.or_else(|| wrong_file().cloned()) {
            None => Ok(()),
            Some(name) => Err(Rejection::parameter(ServerCondition::ParameterInvalid, &name)),
        }
    }
}
