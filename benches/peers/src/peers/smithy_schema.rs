//! The codecs of aws-smithy-json and aws-smithy-xml that go by a description of a type, as generated code would use them.

use std::sync::LazyLock;

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::{
    Schema, ShapeId, ShapeType,
    codec::{Codec, FinishSerializer},
    serde::{SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer},
};
use aws_smithy_xml::codec::{XmlCodec, XmlCodecSettings};

use crate::model::{Envelope, Failure, Logout, NameValue, Out, Reply, Row, Rows, Session, Table};

static JSON: LazyLock<JsonCodec> = LazyLock::new(|| JsonCodec::new(JsonCodecSettings::default()));
static XML: LazyLock<XmlCodec> = LazyLock::new(|| XmlCodec::new(XmlCodecSettings::default()));

/// What a member can be.
trait Member: Sized {
    const TYPE: ShapeType;

    fn read(schema: &Schema<'_>, reader: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError>;
    fn write(&self, schema: &Schema<'_>, writer: &mut dyn ShapeSerializer) -> Result<(), SerdeError>;
}

macro_rules! scalar {
    ($type:ty, $kind:ident, $read:ident, $write:ident, $own:ty) => {
        impl Member for $type {
            const TYPE: ShapeType = ShapeType::$kind;

            fn read(schema: &Schema<'_>, reader: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
                Ok(<$type>::try_from(reader.$read(schema)?).expect("in range"))
            }

            fn write(&self, schema: &Schema<'_>, writer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
                writer.$write(schema, <$own>::try_from(*self).expect("in range"))
            }
        }
    };
}

scalar!(u64, Long, read_long, write_long, i64);
scalar!(u32, Integer, read_integer, write_integer, i32);
scalar!(u16, Integer, read_integer, write_integer, i32);
scalar!(i32, Integer, read_integer, write_integer, i32);
scalar!(f64, Double, read_double, write_double, f64);
scalar!(bool, Boolean, read_boolean, write_boolean, bool);

impl Member for String {
    const TYPE: ShapeType = ShapeType::String;

    fn read(schema: &Schema<'_>, reader: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        reader.read_string(schema)
    }

    fn write(&self, schema: &Schema<'_>, writer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        writer.write_string(schema, self)
    }
}

impl Member for Vec<Row> {
    const TYPE: ShapeType = ShapeType::List;

    fn read(schema: &Schema<'_>, reader: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
        let mut rows = Self::new();
        reader.read_list(schema, &mut |reader| {
            rows.push(Row::read(&ROW, reader)?);
            Ok(())
        })?;
        Ok(rows)
    }

    fn write(&self, schema: &Schema<'_>, writer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        writer.write_list(schema, &|writer| self.iter().try_for_each(|row| row.write(&ROW, writer)))
    }
}

/// What generated code is: the descriptions of a structure and of its members, in order, and both directions of it.
macro_rules! structure {
    ($type:ty, $schema:ident, $root:literal, [$($index:literal $field:ident $name:literal: $member:ty $(, $with:ident)*;)*]) => {
        static $schema: Schema<'static> = {
            const fn id(name: &'static str) -> ShapeId<'static> {
                ShapeId::from_parts(concat!("peers#", $root), "peers", name)
            }
            static MEMBERS: &[&Schema<'static>] = &[$({
                static MEMBER: Schema<'static> =
                    Schema::new_member(id($name), <$member as Member>::TYPE, $name, $index)$(.$with())*;
                &MEMBER
            }),*];
            Schema::new_struct(id($root), ShapeType::Structure, MEMBERS).with_xml_name($root)
        };

        impl SerializableStruct for $type {
            fn schema(&self) -> &Schema<'_> {
                &$schema
            }

            fn serialize_members(&self, writer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
                $(self.$field.write($schema.members()[$index], writer)?;)*
                Ok(())
            }
        }

        impl Member for $type {
            const TYPE: ShapeType = ShapeType::Structure;

            fn read(_: &Schema<'_>, reader: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
                $(let mut $field = None;)*
                reader.read_struct(&$schema, &mut |member, reader| {
                    match member.member_index() {
                        $(Some($index) => $field = Some(<$member>::read(member, reader)?),)*
                        _ => {}
                    }
                    Ok(())
                })?;
                Ok(Self { $($field: $field.expect("it is there")),* })
            }

            fn write(&self, schema: &Schema<'_>, writer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
                writer.write_struct(schema, self)
            }
        }
    };
}

structure!(NameValue, NAME_VALUE, "response_name_value", [0 session_key "session_key": String;]);
structure!(Logout, LOGOUT, "response", [
    0 api_method "api_method": String, with_xml_attribute;
    1 status "status": String;
    2 api_tx_number "api_tx_number": u64;
    3 detail "detail": String;
    4 response_name_value "response_name_value": NameValue;
    5 timestamp "timestamp": String;
]);
structure!(Failure, FAILURE, "response", [
    0 api_method "api_method": String, with_xml_attribute;
    1 status "status": String;
    2 api_tx_number "api_tx_number": u64;
    3 error_number "error_number": u32;
    4 error_name "error_name": String;
    5 error_detail "error_detail": String;
    6 timestamp "timestamp": String;
]);
structure!(Row, ROW, "tr", [
    0 id "id": u64;
    1 store "store": String;
    2 item "item": String;
    3 qty "qty": i32;
    4 price "price": f64;
    5 weight "weight": f64;
    6 date "date": String;
    7 note "note": String;
]);
structure!(Table, TABLE, "table", [0 tr "tr": Vec<Row>, with_xml_flattened;]);
structure!(Out, OUT, "out", [
    0 rc "rc": i32;
    1 msg "msg": String;
    2 nrows "nrows": u64;
    3 table "table": Table;
]);
structure!(Rows, ROWS, "rows", [0 rows "rows": Vec<Row>;]);
structure!(Session, SESSION, "session", [
    0 session_key "sessionKey": String;
    1 login_id "loginId": String;
    2 expires_in "expiresIn": u64;
    3 host_time "hostTime": u64;
    4 active "active": bool;
]);
structure!(Reply<Session>, REPLY_SESSION, "response", [
    0 status_code "statusCode": u16;
    1 status_text "statusText": String;
    2 status_detail_code "statusDetailCode": u32;
    3 request_id "requestId": String;
    4 data "data": Session;
]);
structure!(Reply<Rows>, REPLY_ROWS, "response", [
    0 status_code "statusCode": u16;
    1 status_text "statusText": String;
    2 status_detail_code "statusDetailCode": u32;
    3 request_id "requestId": String;
    4 data "data": Rows;
]);
structure!(Envelope<Session>, ENVELOPE_SESSION, "envelope", [0 response "response": Reply<Session>;]);
structure!(Envelope<Rows>, ENVELOPE_ROWS, "envelope", [0 response "response": Reply<Rows>;]);

fn read<C: Codec, T: Member + SerializableStruct>(codec: &C, text: &str) -> T {
    // Each type knows its own description.
    T::read(&ROW, &mut codec.create_deserializer(text.as_bytes())).expect("it can be read")
}

fn written<C: Codec>(codec: &C, value: &impl SerializableStruct) -> Vec<u8> {
    let mut writer = codec.create_serializer();
    writer.write_struct(value.schema(), value).expect("it can be written");
    writer.finish()
}

pub fn logout(text: &str) -> Logout {
    read(&*XML, text)
}

pub fn from_logout(value: &Logout) -> Vec<u8> {
    written(&*XML, value)
}

pub fn failure(text: &str) -> Failure {
    read(&*XML, text)
}

pub fn from_failure(value: &Failure) -> Vec<u8> {
    written(&*XML, value)
}

pub fn out(text: &str) -> Out {
    read(&*XML, text)
}

pub fn from_out(value: &Out) -> Vec<u8> {
    written(&*XML, value)
}

pub fn small(text: &str) -> Envelope<Session> {
    read(&*JSON, text)
}

pub fn from_small(value: &Envelope<Session>) -> Vec<u8> {
    written(&*JSON, value)
}

pub fn large(text: &str) -> Envelope<Rows> {
    read(&*JSON, text)
}

pub fn from_large(value: &Envelope<Rows>) -> Vec<u8> {
    written(&*JSON, value)
}
