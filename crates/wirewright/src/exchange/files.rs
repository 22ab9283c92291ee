//! Files that came beside parameters: who reads the parameters sees their names, and the typed request gets them.

use crate::{
    File,
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
