//! A set of documents as a bit a document: what filters produce and what facets are counted over.

/// Rank of a fiche in [`crate::Dataset::fiches`]; the same in the text index and in the R-tree.
pub type DocId = u32;

/// A fixed universe of documents, one bit each. All operations are exact and allocate nothing
/// beyond the set itself; two sets that are combined must have the same universe.
///
/// ```
/// use atlaas_model::DocSet;
/// let mut set = DocSet::empty(100);
/// set.insert(3);
/// set.insert(64);
/// assert_eq!(set.iter().collect::<Vec<_>>(), [3, 64]);
/// set.intersect(&DocSet::from_docs(100, [64, 65]));
/// assert_eq!(set.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocSet {
    words: Vec<u64>,
    universe: u32,
}

impl DocSet {
    /// No document of `universe`.
    pub fn empty(universe: u32) -> Self {
        Self {
            words: vec![0; universe.div_ceil(64) as usize],
            universe,
        }
    }

    /// Every document of `universe`.
    pub fn full(universe: u32) -> Self {
        let mut set = Self {
            words: vec![u64::MAX; universe.div_ceil(64) as usize],
            universe,
        };
        if let (Some(last), tail @ 1..) = (set.words.last_mut(), universe % 64) {
            *last = (1 << tail) - 1;
        }
        set
    }

    /// The given documents; those outside the universe are left out.
    pub fn from_docs(universe: u32, docs: impl IntoIterator<Item = DocId>) -> Self {
        let mut set = Self::empty(universe);
        for doc in docs {
            set.insert(doc);
        }
        set
    }

    /// How many documents could be in the set.
    pub const fn universe(&self) -> u32 {
        self.universe
    }

    /// Adds a document; outside the universe it is ignored.
    pub fn insert(&mut self, doc: DocId) {
        if doc < self.universe {
            self.words[(doc / 64) as usize] |= 1 << (doc % 64);
        }
    }

    /// Takes a document out.
    pub fn remove(&mut self, doc: DocId) {
        if doc < self.universe {
            self.words[(doc / 64) as usize] &= !(1 << (doc % 64));
        }
    }

    /// Whether the document is in the set.
    pub fn contains(&self, doc: DocId) -> bool {
        doc < self.universe && self.words[(doc / 64) as usize] & (1 << (doc % 64)) != 0
    }

    /// How many documents are in the set.
    pub fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether no document is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Keeps what is also in `other`.
    pub fn intersect(&mut self, other: &Self) {
        for (word, &mask) in self.words.iter_mut().zip(&other.words) {
            *word &= mask;
        }
    }

    /// Adds what is in `other`.
    pub fn union(&mut self, other: &Self) {
        for (word, &more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Takes out what is in `other`.
    pub fn subtract(&mut self, other: &Self) {
        for (word, &less) in self.words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
    }

    /// How many documents are in both sets.
    pub fn intersection_len(&self, other: &Self) -> u32 {
        self.words
            .iter()
            .zip(&other.words)
            .map(|(a, b)| (a & b).count_ones())
            .sum()
    }

    /// The documents, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        self.words.iter().enumerate().flat_map(|(index, &word)| {
            std::iter::successors((word != 0).then_some(word), |&rest| {
                let next = rest & (rest - 1);
                (next != 0).then_some(next)
            })
            .map(move |rest| index as u32 * 64 + rest.trailing_zeros())
        })
    }

    /// The set's 64-bit words, document 0 in the lowest bit of the first: for counting by column.
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_set_holds_its_universe_and_no_more() {
        for universe in [0, 1, 63, 64, 65, 1000] {
            let set = DocSet::full(universe);
            assert_eq!(set.len(), universe);
            assert_eq!(set.iter().count() as u32, universe);
            assert!(!set.contains(universe));
        }
    }

    #[test]
    fn set_operations_agree_with_a_naive_model() {
        let a: Vec<u32> = (0..300).filter(|n| n % 3 == 0).collect();
        let b: Vec<u32> = (0..300).filter(|n| n % 5 == 0).collect();
        let (left, right) = (
            DocSet::from_docs(300, a.clone()),
            DocSet::from_docs(300, b.clone()),
        );
        let check = |set: &DocSet, keep: &dyn Fn(u32) -> bool| {
            let expected: Vec<u32> = (0..300).filter(|&n| keep(n)).collect();
            assert_eq!(set.iter().collect::<Vec<_>>(), expected);
        };
        let mut both = left.clone();
        both.intersect(&right);
        check(&both, &|n| n % 15 == 0);
        assert_eq!(left.intersection_len(&right), both.len());
        let mut any = left.clone();
        any.union(&right);
        check(&any, &|n| n % 3 == 0 || n % 5 == 0);
        let mut less = left.clone();
        less.subtract(&right);
        check(&less, &|n| n % 3 == 0 && n % 5 != 0);
        less.remove(3);
        assert!(!less.contains(3));
    }

    #[test]
    fn a_document_outside_the_universe_is_ignored() {
        let mut set = DocSet::empty(10);
        set.insert(10);
        set.remove(64);
        assert!(set.is_empty());
    }
}
