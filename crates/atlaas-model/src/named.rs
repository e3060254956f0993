//! Closed lists whose members reach files and answers under their names, never by rank.

/// Declares an enum whose members are written, shown and read by name.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $list:ident {
            $($(#[$about:meta])* $member:ident = $name:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $list {
            $($(#[$about])* $member,)*
        }

        impl $list {
            /// Every member, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member,)*];

            /// Its name in files and answers.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $name,)*
                }
            }
        }

        impl serde::Serialize for $list {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $list {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $list;
                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str(concat!("one of ", $($name, " "),*))
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$list, E> {
                        match text {
                            $($name => Ok($list::$member),)*
                            other => Err(E::unknown_variant(other, &[$($name),*])),
                        }
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

pub(crate) use named;
