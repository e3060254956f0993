//! How a CSV is written: RFC 4180, or for a double click in a French Excel.

use crate::error::mistake::Refusal;
use crate::error::problem::ApiError;
use crate::words::message::Message;

/// How a CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 4180: comma, line feed, decimal point, values untouched.
    #[default]
    Standard,
    /// For a double click in a French Excel.
    ExcelFr,
}

impl Dialect {
    /// Values of `dialecte`.
    pub const NAMES: [&str; 2] = ["standard", "excel-fr"];

    /// Reads `dialecte`.
    pub fn parse(value: Option<&str>) -> Result<Self, ApiError> {
        match value.map(str::trim).unwrap_or_default() {
            "" | "standard" => Ok(Self::Standard),
            "excel-fr" => Ok(Self::ExcelFr),
            other => {
                let mistake = Refusal::new("dialecte", other, Message::new("mistake-dialect"));
                Err(ApiError::parameters(vec![
                    mistake.allowed(other, Self::NAMES),
                ]))
            }
        }
    }

    /// Name for ETags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::ExcelFr => "excel-fr",
        }
    }

    /// What stands before the first row.
    pub const fn preamble(self) -> &'static str {
        match self {
            Self::Standard => "",
            Self::ExcelFr => "\u{feff}",
        }
    }

    /// Between the cells of a row.
    pub const fn separator(self) -> char {
        match self {
            Self::Standard => ',',
            Self::ExcelFr => ';',
        }
    }

    /// At the end of a row.
    pub const fn line_end(self) -> &'static str {
        match self {
            Self::Standard => "\n",
            Self::ExcelFr => "\r\n",
        }
    }

    /// Before the decimals of a number.
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::Standard => '.',
            Self::ExcelFr => ',',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_dialect_is_refused_with_the_nearest() {
        let error = Dialect::parse(Some("excel_fr")).unwrap_err();
        assert_eq!(error.errors()[0].suggestion.as_deref(), Some("excel-fr"));
        assert_eq!(Dialect::parse(None).unwrap(), Dialect::Standard);
    }
}
