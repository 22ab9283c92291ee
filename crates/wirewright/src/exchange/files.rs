//! Multipart requests on the server side: texts become parameters like any others, and files are put into the typed request.

use crate::{
    File,
    describe::protocol::Operation,
    exchange::request_error::RequestError,
    multipart::write::Form,
    text::charset::Charset,
    transport::{
        body::RequestBody,
        environment::{Environment, hex},
    },
    wire::{Aborted, Decoder, Fill, Shape, Slot},
};

/// Parameters with the names of the files among them: who reads them finds out which file is missing, and which is there twice.
pub(crate) fn with_names(parameters: &str, files: &[(String, File)]) -> String {
    let mut all = form_urlencoded::Serializer::new(parameters.to_owned());
    for (name, file) in files {
        all.append_pair(name, file.name());
    }
    all.finish()
}

/// Puts files into the members of their names.
pub(crate) fn fill(files: &[(String, File)], request: &mut dyn for<'de> Fill<'de>) {
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

/// The body of a multipart request, and its Content-Type: form-urlencoded parameters, and the files that are among them, each
/// behind so many bytes of them.
pub(crate) fn form_of(
    parameters: &str,
    files: Vec<(usize, String, File)>,
    operation: &'static Operation,
    charset: &Charset,
    environment: &dyn Environment,
) -> Result<(String, RequestBody), RequestError> {
    let mut form = Form::new();
    let texts = |mut form: Form, from: usize, to: usize| {
        let between = parameters.get(from..to).unwrap_or_default();
        for (name, value) in form_urlencoded::parse(between.as_bytes()) {
            form = form.text(name, value);
        }
        form
    };
    let mut from = 0;
    for (at, name, file) in files {
        form = texts(form, from, at).file(name, file);
        from = at;
    }
    form = texts(form, from, parameters.len());
    let boundary = match environment.random() {
        Some(bytes) => "wirewright-".to_owned() + &hex(&bytes),
        None => form.boundary().ok_or(RequestError::NoRandomness { operation: operation.name })?,
    };
    form.finish_in(&boundary, charset).map_err(RequestError::Form)
}
