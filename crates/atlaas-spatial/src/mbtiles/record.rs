//! Rows of an SQLite table as bytes (file format, §2.1): a header of types, then the values.

/// A value of a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Integer(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl Value<'_> {
    /// The serial type: 1, 2, 3, 4 and 6 are integers of 1, 2, 3, 4 and 8 bytes.
    fn serial_type(self) -> u64 {
        match self {
            Self::Integer(number) => match integer_length(number) {
                length @ 1..=4 => length as u64,
                _ => 6,
            },
            Self::Text(text) => 13 + 2 * text.len() as u64,
            Self::Blob(bytes) => 12 + 2 * bytes.len() as u64,
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Integer(number) => {
                let bytes = number.to_be_bytes();
                out.extend_from_slice(&bytes[8 - integer_length(number)..]);
            }
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Blob(bytes) => out.extend_from_slice(bytes),
        }
    }
}

/// Bytes of a signed integer: 1, 2, 3, 4 or 8.
fn integer_length(number: i64) -> usize {
    [1, 2, 3, 4]
        .into_iter()
        .find(|&bytes| {
            let half = 1_i64 << (8 * bytes - 1);
            (-half..half).contains(&number)
        })
        .unwrap_or(8)
}

/// A row.
pub(super) fn record(values: &[Value<'_>]) -> Vec<u8> {
    let mut types = Vec::with_capacity(values.len() + 2);
    for value in values {
        varint(&mut types, value.serial_type());
    }
    let mut out = Vec::new();
    // The length of the header counts itself; few columns, so it is one byte.
    varint(&mut out, types.len() as u64 + 1);
    out.extend(types);
    for value in values {
        value.write(&mut out);
    }
    out
}

/// Appends a number seven bits a byte, highest first; numbers here are below 2⁵⁶.
pub(super) fn varint(out: &mut Vec<u8>, number: u64) {
    let groups = (64 - (number | 1).leading_zeros()).div_ceil(7);
    for group in (0..groups).rev() {
        let more = if group > 0 { 0x80 } else { 0 };
        out.push((number >> (7 * group)) as u8 & 0x7f | more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_fewest_bytes_of_their_type() {
        for (number, bytes) in [
            (0, 1),
            (127, 1),
            (128, 2),
            (-128, 1),
            (32_767, 2),
            (32_768, 3),
            (8_388_608, 4),
            (1 << 31, 8),
        ] {
            assert_eq!(integer_length(number), bytes, "{number}");
        }
        assert_eq!(
            record(&[Value::Integer(5), Value::Text("é"), Value::Blob(b"x")]),
            [4, 1, 17, 14, 5, 0xc3, 0xa9, b'x']
        );
    }

    #[test]
    fn varints_have_the_highest_bits_first() {
        for (number, expected) in [
            (0, vec![0]),
            (127, vec![0x7f]),
            (128, vec![0x81, 0]),
            (300, vec![0x82, 0x2c]),
        ] {
            let mut bytes = Vec::new();
            varint(&mut bytes, number);
            assert_eq!(bytes, expected);
        }
    }
}
