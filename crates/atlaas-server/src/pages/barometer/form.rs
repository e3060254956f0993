//! What can be chosen on the page: words, layer, one dimension or two, what rates are out of.

use crate::call::barometer;
use crate::pages::layout::address::value;
use crate::pages::layout::frame::Frame;
use atlaas_engine::{BarometerAsk, Snapshot};

/// The form.
pub struct BarometerForm {
    /// The words.
    pub q: String,
    /// Layers: value, title, whether it is chosen.
    pub layers: Vec<(String, String, bool)>,
    /// Dimensions, once for the first and once for the second: value, title, whether it is chosen.
    pub dimensions: [Vec<(String, String, bool)>; 2],
    /// Whether rates are out of all communes.
    pub of_all: bool,
    /// Whether rates are standardised too.
    pub standardised: bool,
    /// What else the address says.
    pub hidden: Vec<(String, String)>,
}

impl BarometerForm {
    /// The form as it stands.
    pub fn of(
        frame: &Frame,
        snapshot: &Snapshot,
        pairs: &[(String, String)],
        ask: Option<&BarometerAsk>,
    ) -> Self {
        let kind = value(pairs, "type");
        let layers = snapshot.schema().layers().iter().map(|layer| {
            let name = layer.id.as_str().to_owned();
            let chosen = name == kind;
            (name, frame.lang.of(&layer.title).to_owned(), chosen)
        });
        let by = ask.map_or(&[][..], |ask| &ask.by);
        let dimensions = |rank: usize| {
            let all = barometer::titles(snapshot, frame.lang).into_iter();
            all.map(|(name, title)| {
                let chosen = by.get(rank) == Some(&name);
                (name, title, chosen)
            })
            .collect()
        };
        let fields = ["q", "type", "par", "parmi", "standardise", "lang"];
        let hidden = pairs
            .iter()
            .filter(|(name, _)| !fields.contains(&name.as_str()));
        Self {
            q: value(pairs, "q"),
            layers: layers.collect(),
            dimensions: [dimensions(0), dimensions(1)],
            of_all: ask.is_some_and(|ask| ask.of_all),
            standardised: ask.is_some_and(|ask| ask.standardised),
            hidden: hidden.cloned().collect(),
        }
    }
}
