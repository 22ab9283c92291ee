//! What is in the body of a request beside its parameters, on the server side.

use crate::{
    DecodeError, Options, codec,
    describe::protocol::BodyDescription,
    wire::{Aborted, Decoder, Fill, Shape, Slot},
};

/// Reads the document of a request into its member.
pub(crate) fn read_document(
    document: &BodyDescription,
    body: &[u8],
    options: &Options,
    request: &mut dyn for<'de> Fill<'de>,
) -> Result<(), DecodeError> {
    let text = DecodeError::text(document.format, body)?;
    if text.trim().is_empty() && document.shape.all_optional() {
        return Ok(());
    }
    let mut into = IntoMember { document, text, options, outcome: Ok(()) };
    // The decoder below stops at nothing by itself: what went wrong is in the outcome.
    let _ = request.decode_fields(&mut into);
    into.outcome
}

/// Fills one member of a request from a text of its own.
struct IntoMember<'de, 'd> {
    document: &'d BodyDescription,
    text: &'de str,
    options: &'d Options,
    outcome: Result<(), DecodeError>,
}

impl<'de> Decoder<'de> for IntoMember<'de, '_> {
    fn record(&mut self, _: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        if let Some(Slot::Record(member)) = slots.get_mut(self.document.member) {
            let member: &mut dyn Fill<'de> = &mut **member;
            crate::wire::clear(member);
            let BodyDescription { format, shape, .. } = *self.document;
            self.outcome = codec::read(format, self.text, self.options, shape, member);
        }
        Ok(())
    }
}
