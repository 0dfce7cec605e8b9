//! Reading and writing JSON: one function each for whatever a scenario has, by the tables of its sections.
//!
//! serde says what stands where. Errors are raised where its own derived code would raise them, so that they have their line.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected,
        VariantAccess, Visitor,
    },
    ser::SerializeMap,
};

use super::{
    Content, ContentMut, FieldType, Kind, Object, Presence, Slot, Value, Wrong, content::Table,
};

/// Reads one of a type.
///
/// # Errors
/// Those of the deserializer, and where it says something else.
pub fn read<'de, T: FieldType, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::default();
    Reading::of(&mut value).deserialize(deserializer)?;
    Ok(value)
}

/// What is read into.
struct Reading<'a>(ContentMut<'a>);

impl<'a> Reading<'a> {
    fn of(slot: &'a mut dyn Slot) -> Self {
        Self(match slot.is_optional() {
            true => ContentMut::Optional(slot),
            false => slot.content_mut(),
        })
    }

    /// Gives a value to a field, which may take no such.
    fn take<E: Error>(mut self, value: &Value, found: Unexpected<'_>) -> Result<(), E> {
        let taken = match &mut self.0 {
            ContentMut::Value(slot) | ContentMut::Optional(slot) => slot.write(value),
            _ => Err(Wrong::OtherKind),
        };
        taken.map_err(|wrong| match wrong {
            Wrong::OutOfBounds => E::invalid_value(found, &self),
            _ => E::invalid_type(found, &self),
        })
    }

    fn kind(&self) -> Kind {
        match &self.0 {
            ContentMut::Value(slot) => slot.kind(),
            _ => Kind::Part,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match &self.0 {
            ContentMut::Value(slot) => match slot.kind() {
                Kind::Number | Kind::Whole | Kind::Seed => deserializer.deserialize_f64(self),
                Kind::Switch => deserializer.deserialize_bool(self),
                Kind::Choice(_) => deserializer.deserialize_enum("", slot.spellings(), self),
                _ => deserializer.deserialize_str(self),
            },
            ContentMut::Optional(_) => deserializer.deserialize_option(self),
            ContentMut::Object(_) | ContentMut::Rewritten(_) => deserializer.deserialize_map(self),
            ContentMut::OneOf(kinds) => deserializer.deserialize_enum("", kinds.names(), self),
            ContentMut::List(_) => deserializer.deserialize_seq(self),
            ContentMut::Trace(_) | ContentMut::Ignored => match self.0 {
                ContentMut::Trace(trace) => {
                    *trace = Deserialize::deserialize(deserializer)?;
                    Ok(())
                }
                _ => IgnoredAny::deserialize(deserializer).map(|_| ()),
            },
        }
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            ContentMut::Value(slot) | ContentMut::Optional(slot) => slot.expected(),
            ContentMut::List(_) => "a list",
            _ => "an object",
        })
    }

    fn visit_bool<E: Error>(self, is: bool) -> Result<(), E> {
        self.take(&Value::Switch(is), Unexpected::Bool(is))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        let value = match self.kind() {
            Kind::Number => Value::Number(number as f64),
            _ => Value::Whole(number),
        };
        self.take(&value, Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        let value = match self.kind() {
            Kind::Number => Value::Number(number as f64),
            Kind::Seed => Value::Seed(number),
            _ => Value::Whole(number.try_into().unwrap_or(i64::MAX)),
        };
        self.take(&value, Unexpected::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.take(&Value::Number(number), Unexpected::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let found = Unexpected::Str(text);
        let value = match &self.0 {
            ContentMut::Value(slot) => slot.of_text(text),
            _ => None,
        };
        match value {
            Some(value) => self.take(&value, found),
            None => Err(E::invalid_value(found, &self)),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.take(&Value::Absent, Unexpected::Unit)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            ContentMut::Optional(slot) => Reading(slot.content_mut()).deserialize(deserializer),
            _ => self.deserialize(deserializer),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        match self {
            Self(ContentMut::List(list)) => {
                while items.next_element_seed(Item(list))?.is_some() {}
                Ok(())
            }
            other => Err(A::Error::invalid_type(Unexpected::Seq, &other)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<(), A::Error> {
        match self {
            Self(ContentMut::Object(object)) => read_fields(object, fields),
            Self(ContentMut::Rewritten(whole)) => {
                let mut fields = Some(fields);
                let mut result = Ok(());
                whole.read_as(&mut |object| {
                    if let Some(fields) = fields.take() {
                        result = read_fields(object, fields);
                    }
                });
                result
            }
            other => Err(A::Error::invalid_type(Unexpected::Map, &other)),
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, kind: A) -> Result<(), A::Error> {
        let of = |names| Name {
            names,
            is_field: false,
        };
        match self {
            Self(ContentMut::OneOf(kinds)) => {
                let ((index, _), held) = kind.variant_seed(of(kinds.names()))?;
                held.newtype_variant_seed(Reading(kinds.choose(index)))
            }
            Self(ContentMut::Value(slot)) => {
                let ((_, name), nothing) = kind.variant_seed(of(slot.spellings()))?;
                nothing.unit_variant()?;
                Self(ContentMut::Value(slot)).take(&Value::Choice(name), Unexpected::Enum)
            }
            other => Err(A::Error::invalid_type(Unexpected::Enum, &other)),
        }
    }
}

/// Reads the fields of an object.
fn read_fields<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    mut fields: A,
) -> Result<(), A::Error> {
    let Table {
        names, presence, ..
    } = *object.table();
    // A bit for each field; no object has more than 64.
    let mut seen = 0_u64;
    while let Some((index, name)) = fields.next_key_seed(Name {
        names,
        is_field: true,
    })? {
        if seen >> index & 1 == 1 {
            return Err(A::Error::duplicate_field(name));
        }
        seen |= 1 << index;
        if let Some(slot) = object.slot_mut(index) {
            fields.next_value_seed(Reading::of(slot))?;
        }
    }
    let is_missing = |(index, presence): (usize, &Presence)| {
        *presence == Presence::Required && seen >> index & 1 == 0
    };
    match presence.iter().enumerate().position(is_missing) {
        Some(index) => Err(A::Error::missing_field(names.get(index).unwrap_or(&""))),
        None => Ok(()),
    }
}

/// The name of a field or of a choice: its index among those that there are, and itself.
struct Name {
    names: &'static [&'static str],
    is_field: bool,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = (usize, &'static str);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = (usize, &'static str);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let mut known = self.names.iter().copied().enumerate();
        let found = known.find(|(_, known)| *known == name);
        found.ok_or_else(|| match self.is_field {
            true => E::unknown_field(name, self.names),
            false => E::unknown_variant(name, self.names),
        })
    }
}

/// Another item of a list.
struct Item<'a>(&'a mut dyn super::ListOf);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.add() {
            Some(slot) => Reading::of(slot).deserialize(deserializer),
            None => IgnoredAny::deserialize(deserializer).map(|_| ()),
        }
    }
}

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => match value {
                Value::Absent => serializer.serialize_none(),
                Value::Number(number) => serializer.serialize_f64(*number),
                Value::Whole(number) => serializer.serialize_i64(*number),
                Value::Seed(number) => serializer.serialize_u64(*number),
                Value::Switch(is) => serializer.serialize_bool(*is),
                Value::Text(text) => serializer.serialize_str(text),
                Value::Choice(name) => serializer.serialize_str(name),
                Value::Date(date) => serializer.collect_str(date),
                Value::Time(time) => serializer.collect_str(time),
                Value::DateTime(at) => serializer.collect_str(at),
                Value::Moment(at) => serializer.collect_str(at),
                Value::Days(days) => serializer.collect_seq(days.iter().map(|day| day.name())),
            },
            Self::Object(object) => {
                let mut map = serializer.serialize_map(None)?;
                write_fields(*object, &mut map)?;
                map.end()
            }
            Self::OneOf(kinds) => {
                let (name, held) = kinds.held();
                serializer.collect_map([(name, held)])
            }
            Self::List(list) => {
                let items = (0..list.count()).filter_map(|index| list.get(index));
                serializer.collect_seq(items.map(Slot::content))
            }
            Self::Trace(trace) => trace.serialize(serializer),
            Self::Ignored => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

/// Writes fields into an object, but those that are absent, or later than the baseline and as by default.
fn write_fields<M: SerializeMap>(object: &dyn Object, map: &mut M) -> Result<(), M::Error> {
    let usual = object.usual();
    let Table {
        names, presence, ..
    } = object.table();
    for (index, (name, presence)) in names.iter().zip(*presence).enumerate() {
        let Some((content, usual)) = object.content(index).zip(usual.content(index)) else {
            continue;
        };
        match content {
            Content::Value(Value::Absent) => {}
            content if *presence == Presence::Later && content == usual => {}
            Content::Object(part) if part.table().is_flat => write_fields(part, map)?,
            content => map.serialize_entry(name, &content)?,
        }
    }
    Ok(())
}
