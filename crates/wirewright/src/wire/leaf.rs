//! The types that members are made of.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
};

use crate::File;

use super::{
    Document, Entries, Expected, FromText, FromWire, Items, List, Map, OptionSlot, Slot, SlotKind, ToText,
    ToWire, Value, number,
};

macro_rules! scalar {
    ($($type:ty, $empty:expr, $slot:ident, $value:ident;)*) => {$(
        impl ToWire for $type {
            #[inline]
            fn value(&self) -> Value<'_> {
                Value::$value((*self).into())
            }
        }

        impl<'de> FromWire<'de> for $type {
            #[inline]
            fn empty() -> Self {
                $empty
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_, 'de> {
                Slot::$slot(self)
            }
        }
    )*};
}

scalar! {
    u64, 0, U64, U64;
    u32, 0, U32, U64;
    u16, 0, U16, U64;
    i64, 0, I64, I64;
    i32, 0, I32, I64;
    f64, 0.0, F64, F64;
    bool, false, Bool, Bool;
}

macro_rules! small_integer {
    ($($type:ty, $value:ident, $expected:literal;)*) => {$(
        impl ToWire for $type {
            fn value(&self) -> Value<'_> {
                Value::$value((*self).into())
            }
        }

        impl<'de> FromWire<'de> for $type {
            fn empty() -> Self {
                0
            }

            fn slot(&mut self) -> Slot<'_, 'de> {
                Slot::Text(self)
            }
        }

        impl FromText for $type {
            fn set(&mut self, text: &str) -> Result<(), Expected> {
                *self = number::integer(text).ok_or(Expected::new($expected))?;
                Ok(())
            }

            fn clear(&mut self) {
                *self = 0;
            }

            fn samples(&self) -> &'static [&'static str] {
                &["1", "0"]
            }
        }
    )*};
}

small_integer! {
    u8, U64, "an integer from 0 to 255";
    i8, I64, "an integer from -128 to 127";
    i16, I64, "an integer from -32768 to 32767";
}

impl ToWire for String {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Str(self)
    }
}

impl<'de> FromWire<'de> for String {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Str(self)
    }
}

impl ToWire for Cow<'_, str> {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Str(self)
    }
}

impl<'de> FromWire<'de> for Cow<'de, str> {
    #[inline]
    fn empty() -> Self {
        Cow::Borrowed("")
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Cow(self)
    }
}

impl ToWire for File {
    fn value(&self) -> Value<'_> {
        Value::File(self)
    }
}

impl<'de> FromWire<'de> for File {
    fn empty() -> Self {
        Self::new(String::new(), Vec::new())
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::File(self)
    }
}

impl ToWire for str {
    fn value(&self) -> Value<'_> {
        Value::Str(self)
    }
}

impl<T: ToWire + ?Sized> ToWire for &T {
    const OPTIONAL: bool = T::OPTIONAL;
    const SECRET: bool = T::SECRET;

    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: ToWire> ToWire for Box<T> {
    const OPTIONAL: bool = T::OPTIONAL;
    const SECRET: bool = T::SECRET;

    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

/// A recursive type goes through `Option<Box<T>>` or `Vec<T>`: a bare `Box` of itself has no empty value.
impl<'de, T: FromWire<'de>> FromWire<'de> for Box<T> {
    const SLOT_KIND: SlotKind = T::SLOT_KIND;

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        (**self).slot()
    }
}

impl<T: ToWire> ToWire for Option<T> {
    const OPTIONAL: bool = true;
    const SECRET: bool = T::SECRET;

    #[inline]
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, T::value)
    }
}

impl<'de, T: FromWire<'de>> FromWire<'de> for Option<T> {
    const SLOT_KIND: SlotKind = T::SLOT_KIND;

    #[inline]
    fn empty() -> Self {
        None
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Option(self)
    }
}

impl<'de, T: FromWire<'de>> OptionSlot<'de> for Option<T> {
    fn some(&mut self) -> Slot<'_, 'de> {
        self.insert(T::empty()).slot()
    }

    fn none(&mut self) {
        *self = None;
    }
}

impl<T: ToWire> ToWire for Vec<T> {
    const OPTIONAL: bool = true;
    const SECRET: bool = T::SECRET;

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::List(self)
    }
}

impl<T: ToWire> Items for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Value<'_> {
        self[index].value()
    }
}

impl<'de, T: FromWire<'de>> FromWire<'de> for Vec<T> {
    const SLOT_KIND: SlotKind = SlotKind::List;

    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::List(self)
    }
}

impl<'de, T: FromWire<'de>> List<'de> for Vec<T> {
    fn kind(&self) -> SlotKind {
        T::SLOT_KIND
    }

    fn push(&mut self) -> Slot<'_, 'de> {
        self.push(T::empty());
        self.last_mut().map_or(Slot::Ignore, T::slot)
    }

    fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl<V: ToWire> ToWire for BTreeMap<String, V> {
    const OPTIONAL: bool = true;
    const SECRET: bool = V::SECRET;

    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }
}

impl<V: ToWire> Entries for BTreeMap<String, V> {
    fn each(&self, each: &mut dyn FnMut(&str, Value<'_>)) {
        for (key, value) in self {
            each(key, value.value());
        }
    }
}

impl<'de, V: FromWire<'de>> FromWire<'de> for BTreeMap<String, V> {
    const SLOT_KIND: SlotKind = SlotKind::Map;

    fn empty() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Map(self)
    }
}

impl<'de, V: FromWire<'de>> Map<'de> for BTreeMap<String, V> {
    fn kind(&self) -> SlotKind {
        V::SLOT_KIND
    }

    fn entry(&mut self, key: &str) -> Result<Slot<'_, 'de>, Expected> {
        match self.entry(key.to_owned()) {
            Entry::Occupied(_) => Err(Expected::new("each key once")),
            Entry::Vacant(free) => Ok(free.insert(V::empty()).slot()),
        }
    }

    fn clear(&mut self) {
        self.clear();
    }
}

/// A map that keeps the order of its entries, and keys that come more than once.
impl<V: ToWire> ToWire for Vec<(String, V)> {
    const OPTIONAL: bool = true;
    const SECRET: bool = V::SECRET;

    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }
}

impl<V: ToWire> Entries for Vec<(String, V)> {
    fn each(&self, each: &mut dyn FnMut(&str, Value<'_>)) {
        for (key, value) in self {
            each(key, value.value());
        }
    }
}

/// A map that keeps the order of its entries, and keys that come more than once.
impl<'de, V: FromWire<'de>> FromWire<'de> for Vec<(String, V)> {
    const SLOT_KIND: SlotKind = SlotKind::Map;

    fn empty() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Map(self)
    }
}

impl<'de, V: FromWire<'de>> Map<'de> for Vec<(String, V)> {
    fn kind(&self) -> SlotKind {
        V::SLOT_KIND
    }

    fn entry(&mut self, key: &str) -> Result<Slot<'_, 'de>, Expected> {
        self.push((key.to_owned(), V::empty()));
        Ok(self.last_mut().map_or(Slot::Ignore, |(_, value)| value.slot()))
    }

    fn repeats(&self) -> bool {
        true
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl ToText for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToWire for Document {
    const OPTIONAL: bool = true;
    // What nobody has described may be a secret.
    const SECRET: bool = true;

    fn value(&self) -> Value<'_> {
        Value::Document(self)
    }
}

impl<'de> FromWire<'de> for Document {
    const SLOT_KIND: SlotKind = SlotKind::Document;

    fn empty() -> Self {
        Self::Null
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Document(self)
    }
}
