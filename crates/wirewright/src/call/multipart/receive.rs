//! Multipart requests on the server side: texts become parameters like any others, and files are put into the typed request.

use alloc::{
    borrow::ToOwned as _,
    string::{String, ToString as _},
    vec::Vec,
};

use http::header;

use super::read::{MultipartError, is_multipart, parts};
use crate::{
    File, Limits,
    call::{Rejection, ServerCondition},
    wire::{Aborted, Decoder, Fill, Shape, Slot},
};

/// The form of a received request.
pub(in crate::call) struct Form {
    /// The texts, form-urlencoded.
    pub(in crate::call) parameters: String,
    /// The files, in their order.
    pub(in crate::call) files: Vec<(String, File)>,
}

impl Form {
    /// Reads the body of a request, if it says that it is `multipart/form-data`.
    pub(in crate::call) fn read(
        request: &http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Option<Result<Self, MultipartError>> {
        let mut content_types = request.headers().get_all(header::CONTENT_TYPE).iter();
        let content_type = content_types.next()?.to_str().ok()?;
        if content_types.next().is_some() || !is_multipart(content_type) {
            return None;
        }
        Some(Self::of(content_type, request.body(), limits))
    }

    fn of(content_type: &str, body: &[u8], limits: &Limits) -> Result<Self, MultipartError> {
        let refused = |what| MultipartError::new(what, 0);
        let mut texts = form_urlencoded::Serializer::new(String::new());
        let mut files = Vec::new();
        for part in parts(content_type, body, limits)? {
            match part.file_name {
                None => {
                    let text = core::str::from_utf8(part.content);
                    texts.append_pair(&part.name, text.map_err(|_| refused("expected texts in UTF-8"))?);
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
    pub(in crate::call) fn check(
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

/// Parameters with the names of the files among them: who reads them finds out which file is missing, and which is there twice.
pub(in crate::call) fn with_names(parameters: &str, files: &[(String, File)]) -> String {
    let mut all = form_urlencoded::Serializer::new(parameters.to_owned());
    for (name, file) in files {
        all.append_pair(name, file.name());
    }
    all.finish()
}

/// Puts files into the members of their names.
pub(in crate::call) fn fill(files: &[(String, File)], request: &mut dyn for<'de> Fill<'de>) {
    // The decoder below refuses nothing.
    let _ = request.decode_fields(&mut IntoMembers { files });
}

struct IntoMembers<'f> {
    files: &'f [(String, File)],
}

impl<'de> Decoder<'de> for IntoMembers<'_> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        for (member, slot) in shape.members().zip(slots) {
            let mut files =
                self.files.iter().filter(|(name, _)| name == member.query()).map(|(_, file)| file);
            match slot {
                Slot::List(list) => {
                    let mut files = files.peekable();
                    if files.peek().is_some() {
                        list.clear();
                        files.for_each(|file| put(&mut list.push(), file));
                    }
                }
                Slot::Option(lazy) => {
                    if let Some(file) = files.next() {
                        put(&mut lazy.some(), file);
                    }
                }
                slot => {
                    if let Some(file) = files.next() {
                        put(slot, file);
                    }
                }
            }
        }
        Ok(())
    }
}

fn put(slot: &mut Slot<'_, '_>, file: &File) {
    if let Slot::File(place) = slot {
        place.clone_from(file);
    }
}
