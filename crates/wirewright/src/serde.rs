//! Traits of [serde](https://serde.rs) for described types, so that they can be logged, stored and sent elsewhere.
//!
//! A type has them by [`impl_serde!`](crate::impl_serde); the generated crates have it for theirs behind a feature `serde`. What is
//! serialised is what the type is in JSON, in any of serde's formats that describe themselves: JSON, YAML, TOML, CBOR.
//! Unknown values of enumerations are kept, as are numbers digit for digit.
//!
//! What must not be seen is left out: secrets, and what nobody has described, which may be one ([`Document`](crate::wire::Document)s). A value
//! that cannot be without a secret is not read back then. [`Exposed`] serialises all of it, by name. The content of a
//! [`File`](crate::File) is never serialised.
//!
//! What is in no format is left out as well: the members of a reply that come in headers. Where such a member cannot be absent it is empty when the
//! reply is read back.
//!
//! Sessions are saved by `save` and restored by `restore` of their state, which say by their names that a secret is written.
//!
//! ```
//! use wirewright::{Secret, Wire, impl_serde, serde::Exposed};
//!
//! #[derive(Debug, PartialEq, Wire)]
//! struct Account {
//!     #[wire(name = "userName")]
//!     user: String,
//!     pin: Option<Secret<String>>,
//! }
//!
//! impl_serde!(Account);
//!
//! let account = Account { user: "ada".into(), pin: Some("4711".into()) };
//! assert_eq!(serde_json::to_string(&account)?, r#"{"userName":"ada"}"#);
//! let all = serde_json::to_string(&Exposed(&account))?;
//! assert_eq!(all, r#"{"userName":"ada","pin":"4711"}"#);
//! assert_eq!(serde_json::from_str::<Account>(&all)?, account);
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::{borrow::Cow, fmt};

pub use ::serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use ::serde_core::{
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
    ser::Error as _,
};

use crate::{
    Format, Limits, Options,
    codec::general::json,
    tree::{self, Id, ItemKind, Tree, UNNAMED},
    wire::{Aborted, Decoder, Encoder, Fill, FromWire, Record, Slot, ToWire, Value},
};

/// Gives described types [serde](crate::serde)'s traits: `impl_serde!(Account, Order)`.
#[macro_export]
macro_rules! impl_serde {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::serde::deserialize(deserializer)
            }
        }
    )*};
}

/// Serialises a value without what must not be seen.
///
/// # Errors
///
/// When the value is a secret itself, JSON cannot carry it, or the format fails.
pub fn serialize<T: ToWire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if T::SECRET {
        return Err(S::Error::custom("a secret is serialised by `Exposed` only"));
    }
    write(value.value(), true, serializer)
}

/// A value that is serialised whole, secrets and all.
#[derive(Clone, Copy)]
pub struct Exposed<'v, T>(pub &'v T);

impl<T: ToWire> Serialize for Exposed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.0.value(), false, serializer)
    }
}

impl<T> fmt::Debug for Exposed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exposed")
    }
}

/// Reads a value.
///
/// # Errors
///
/// When the format fails, or what it has is not what the type promises: the path to it, and what was expected.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> FromWire<'a>,
    D: Deserializer<'de>,
{
    let mut tree = Tree::default();
    let root = tree.add(None, ItemKind::Object, Cow::Borrowed(""), Cow::Borrowed(""), 0);
    let left = LIMITS.max_depth();
    deserializer.deserialize_any(Grow { tree: &mut tree, parent: root, name: "item".into(), left })?;
    let mut value = <T as FromWire<'_>>::empty();
    let mut one = Place(value.slot());
    let read = tree::read(&tree, Format::Json, "", &Options::new().with_limits(LIMITS), &UNNAMED, &mut one);
    read.map_err(|error| {
        let path = error.path().strip_prefix("item").unwrap_or_default().trim_start_matches('.');
        let path = if path.is_empty() { String::new() } else { format!("{path}: ") };
        D::Error::custom(format!("{path}{}", error.kind()))
    })?;
    Ok(value)
}

const LIMITS: Limits = Limits::new().with_max_bytes(Limits::MAX_BYTES);

/// What JSON has of the value goes to the serializer.
fn write<S: Serializer>(value: Value<'_>, redact: bool, serializer: S) -> Result<S::Ok, S::Error> {
    let options = Options { redact, ..Options::new().with_limits(LIMITS) };
    let text = json::write_from(&One(value), &UNNAMED, &options).map_err(S::Error::custom)?;
    let tree = json::read::parse(&text, LIMITS)
        .map_err(|_| S::Error::custom("the value is too deep or too large"))?;
    match tree.children(Tree::ROOT).next() {
        Some(id) => Item { tree: &tree, id }.serialize(serializer),
        None => serializer.serialize_none(),
    }
}

/// A record whose only member is the value.
struct One<'v>(Value<'v>);

impl Record for One<'_> {
    fn encode_fields(&self, encoder: &mut dyn Encoder) {
        encoder.record(&UNNAMED, &[self.0]);
    }
}

/// The same, to be filled.
struct Place<'s, 'de>(Slot<'s, 'de>);

impl<'de> Fill<'de> for Place<'_, 'de> {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        decoder.record(&UNNAMED, std::slice::from_mut(&mut self.0))
    }
}

/// An item of a tree.
struct Item<'t> {
    tree: &'t Tree<'t>,
    id: Id,
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let item = self.tree.item(self.id);
        let children = || self.tree.children(self.id).map(|id| Item { tree: self.tree, id });
        match item.kind {
            ItemKind::Object => {
                serializer.collect_map(children().map(|child| (self.tree.item(child.id).name, child)))
            }
            ItemKind::Array => serializer.collect_seq(children()),
            ItemKind::Bool => serializer.serialize_bool(&*item.text == "true"),
            ItemKind::Null => serializer.serialize_unit(),
            ItemKind::Number => match (item.text.parse(), item.text.parse(), item.text.parse::<f64>()) {
                (Ok(number), ..) => serializer.serialize_i64(number),
                (_, Ok(number), _) => serializer.serialize_u64(number),
                // A number that would lose digits stays a text, which is read as well.
                (.., Ok(number))
                    if number.to_string() == *item.text || format!("{number:?}") == *item.text =>
                {
                    serializer.serialize_f64(number)
                }
                _ => serializer.serialize_str(&item.text),
            },
            _ => serializer.serialize_str(&item.text),
        }
    }
}

/// Makes an item of what a format has.
struct Grow<'t> {
    tree: &'t mut Tree<'static>,
    parent: Id,
    name: Cow<'static, str>,
    /// How many levels there may be.
    left: usize,
}

impl Grow<'_> {
    fn add(self, kind: ItemKind, text: impl Into<Cow<'static, str>>) -> Id {
        self.tree.add(Some(self.parent), kind, self.name, text.into(), 0)
    }
}

impl<'de> DeserializeSeed<'de> for Grow<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Grow<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a boolean, a list or a map")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.add(ItemKind::Bool, if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.add(ItemKind::Number, value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.add(ItemKind::Number, value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        let kind = if value.is_finite() { ItemKind::Number } else { ItemKind::Text };
        self.add(kind, crate::scalar::float(value));
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.add(ItemKind::Text, String::from(value));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.add(ItemKind::Null, "null");
        Ok(())
    }

    fn visit_none<E: ::serde_core::de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let left = self.left.checked_sub(1).ok_or_else(too_deep)?;
        let tree = self.tree;
        let parent = tree.add(Some(self.parent), ItemKind::Array, self.name, Cow::Borrowed(""), 0);
        while items.next_element_seed(Grow { tree: &mut *tree, parent, name: "".into(), left })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let left = self.left.checked_sub(1).ok_or_else(too_deep)?;
        let tree = self.tree;
        let parent = tree.add(Some(self.parent), ItemKind::Object, self.name, Cow::Borrowed(""), 0);
        while let Some(name) = members.next_key::<String>()? {
            members.next_value_seed(Grow { tree: &mut *tree, parent, name: name.into(), left })?;
        }
        Ok(())
    }
}

#[cold]
fn too_deep<E: ::serde_core::de::Error>() -> E {
    E::custom("there are more levels than can be read")
}
