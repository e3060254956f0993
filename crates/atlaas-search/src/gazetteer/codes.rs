//! Codes that lead to a territory: INSEE, SIREN, post codes, numbers of départements.

/// Codes and post codes, sorted.
#[derive(Debug, Default)]
pub(crate) struct CodeTable {
    /// Code, whether it is a former one, entry.
    codes: Vec<(String, bool, u32)>,
    /// Post code, entry.
    postcodes: Vec<(u32, u32)>,
}

impl CodeTable {
    /// Sorts both.
    pub(crate) fn new(mut codes: Vec<(String, bool, u32)>, mut postcodes: Vec<(u32, u32)>) -> Self {
        codes.sort_unstable();
        postcodes.sort_unstable();
        Self { codes, postcodes }
    }

    /// The entries of a code, codes in use before former ones; whether it is a former one.
    pub(crate) fn exact<'a>(&'a self, code: &'a str) -> impl Iterator<Item = (u32, bool)> + 'a {
        let from = self
            .codes
            .partition_point(|(known, ..)| known.as_str() < code);
        self.codes[from..]
            .iter()
            .take_while(move |(known, ..)| known == code)
            .map(|&(_, former, entry)| (entry, former))
    }

    /// The entries with a post code that begins with these digits.
    pub(crate) fn postcode(&self, digits: &str) -> impl Iterator<Item = u32> + '_ {
        let missing = 5_u32.saturating_sub(digits.len() as u32);
        let scale = 10_u32.pow(missing);
        let low = digits.parse::<u32>().unwrap_or(u32::MAX / scale) * scale;
        let from = self.postcodes.partition_point(|&(known, _)| known < low);
        self.postcodes[from..]
            .iter()
            .take_while(move |&&(known, _)| known < low + scale)
            .map(|&(_, entry)| entry)
    }

    /// Bytes held.
    pub(crate) fn size_bytes(&self) -> usize {
        self.codes.len() * (size_of::<(String, bool, u32)>() + 9) + self.postcodes.len() * 8
    }
}

/// Whether a folded word is the number of a département (`44`, `2a`, `974`).
pub(crate) fn departement_number(word: &str) -> Option<String> {
    let good = match word.as_bytes() {
        [b'2', b'a' | b'b'] => true,
        [b'9', b'7' | b'8', c] => c.is_ascii_digit(),
        [a, b] => a.is_ascii_digit() && b.is_ascii_digit(),
        _ => false,
    };
    good.then(|| word.to_ascii_uppercase())
}

/// Whether a folded word is five digits, as post codes and most INSEE codes are.
pub(crate) fn five_digits(word: &str) -> Option<u32> {
    let good = word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| word.parse().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_departements_are_known() {
        for (word, expected) in [
            ("44", Some("44")),
            ("2a", Some("2A")),
            ("974", Some("974")),
            ("4", None),
            ("444", None),
            ("2c", None),
        ] {
            assert_eq!(departement_number(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn a_code_in_use_comes_before_a_former_one() {
        let table = CodeTable::new(
            vec![("01001".into(), true, 7), ("01001".into(), false, 9)],
            vec![(44_000, 1), (44_100, 2), (1_400, 3)],
        );
        let codes: Vec<_> = table.exact("01001").collect();
        assert_eq!(codes, [(9, false), (7, true)]);
        assert_eq!(table.postcode("44").collect::<Vec<_>>(), [1, 2]);
        assert_eq!(table.postcode("01400").collect::<Vec<_>>(), [3]);
        assert_eq!(table.postcode("99999").count(), 0);
    }
}
