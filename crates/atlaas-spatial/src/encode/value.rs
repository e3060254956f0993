//! Values of properties as the messages that a layer keeps once each.

use super::varint::varint;

/// The message of a text among the values of a layer.
pub fn text(message: &mut Vec<u8>, value: &str) {
    message.clear();
    message.push(0x0a);
    varint(message, value.len() as u64);
    message.extend_from_slice(value.as_bytes());
}

/// The same for a number that is never negative.
pub fn uint(message: &mut Vec<u8>, value: u64) {
    message.clear();
    message.push(0x28);
    varint(message, value);
}
