//! The parts of a fiche that are indexed apart, and how much each records.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// An indexed field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words of the name, function words included; with positions.
    Name,
    /// Stems of the name.
    NameStem,
    /// Words of the text; with positions.
    Text,
    /// Stems of the text.
    TextStem,
    /// Stems of the names of facet terms, other names, and further fields.
    Context,
    /// Whole names of the territories the fiche lies in, and their codes.
    Place,
}

impl Part {
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::NameStem,
        Self::Text,
        Self::TextStem,
        Self::Context,
        Self::Place,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Name => "nom",
            Self::NameStem => "nom_racine",
            Self::Text => "texte",
            Self::TextStem => "texte_racine",
            Self::Context => "contexte",
            Self::Place => "lieu",
        }
    }

    const fn record(self) -> IndexRecordOption {
        match self {
            Self::Name | Self::Text => IndexRecordOption::WithFreqsAndPositions,
            Self::NameStem | Self::TextStem | Self::Context => IndexRecordOption::WithFreqs,
            Self::Place => IndexRecordOption::Basic,
        }
    }
}

/// The fields of the index, in the order of [`Part::ALL`].
pub(super) fn schema() -> (Schema, [Field; 6]) {
    let mut builder = Schema::builder();
    let fields = Part::ALL.map(|part| {
        // Every value comes tokenised, so the tokenizer's name is never looked up for words.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(part != Part::Place)
            .set_index_option(part.record());
        let options = TextOptions::default().set_indexing_options(indexing);
        builder.add_text_field(part.name(), options)
    });
    (builder.build(), fields)
}
