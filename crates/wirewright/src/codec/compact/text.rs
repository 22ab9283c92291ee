//! Fills a slot from one text: the same in every format.

use std::borrow::Cow;

use crate::{
    scalar,
    wire::{Aborted, Details, List, Slot, TextRef},
};

/// Fills the slot of a member from the one text that the input has for it. `false`: the text means that it is absent.
pub(crate) fn fill<'de>(
    slot: &mut Slot<'_, 'de>,
    text: Cow<'de, str>,
    details: &Details,
) -> Result<bool, Aborted> {
    if scalar::means_absent(slot, &text, details.absent) {
        return Ok(false);
    }
    match slot {
        Slot::Str(place) => **place = text.into_owned(),
        Slot::Cow(place) => **place = text,
        Slot::Option(lazy) => {
            let there = fill(&mut lazy.some(), text, details)?;
            if !there {
                lazy.none();
            }
            return Ok(there);
        }
        Slot::List(list) => {
            joined(*list, TextRef::from(&text), details)?;
            return Ok(!(details.list.filled && list.is_empty()));
        }
        Slot::Record(_) | Slot::Map(_) | Slot::Union(_) | Slot::Document(_) | Slot::Ignore => {
            return Err(Aborted);
        }
        slot => scalar::set(slot, TextRef::from(&text), details.boolean.as_ref()).map_err(|_| Aborted)?,
    }
    Ok(true)
}

/// The items of one text.
fn joined<'de>(list: &mut dyn List<'de>, text: TextRef<'_, 'de>, details: &Details) -> Result<(), Aborted> {
    let Some(separator) = details.list.joined.filter(|_| !details.list.absent_items) else {
        return Err(Aborted);
    };
    list.clear();
    if text.is_empty() {
        return Ok(());
    }
    for (from, to) in scalar::parts(&text, separator) {
        let mut slot = list.push();
        let slot = if let Slot::Option(lazy) = slot { &mut lazy.some() } else { &mut slot };
        if !scalar::is_scalar(slot) {
            return Err(Aborted);
        }
        scalar::set(slot, text.part(from, to), details.boolean.as_ref()).map_err(|_| Aborted)?;
    }
    Ok(())
}
