//! A comparison as a table: a row for the territory, one for each peer, and the quartiles of both.

use crate::api::figures::comparison::answer::AskedComparison;
use crate::api::figures::free_table::FreeTable;
use crate::formats::table::Cell;
use crate::words::message::Message;
use atlaas_engine::{Catalogue, Peer, Quartiles, Standing};
use atlaas_model::Level;
use std::borrow::Cow;

/// Columns before the variables.
const FIRST: [&str; 9] = [
    "ligne",
    "rang",
    "id",
    "nom",
    "departement",
    "population",
    "arobases",
    "distance",
    "part_manquante",
];

/// Before the name of a variable that is called as a column before it.
pub const VALUE: &str = "valeur_";

/// The table of a comparison.
pub fn table(asked: &AskedComparison<'_>) -> FreeTable {
    let snapshot = asked.snapshot;
    let variables = snapshot.comparer().variables().iter();
    let known: Vec<(usize, &str)> = variables
        .enumerate()
        .filter(|(_, variable)| variable.is_known())
        .map(|(rank, variable)| (rank, variable.name.as_str()))
        .collect();
    let layers = snapshot.schema().layers().iter();
    let layers: Vec<&str> = layers.map(|layer| layer.name.as_str()).collect();
    let mut columns: Vec<String> = FIRST.map(str::to_owned).to_vec();
    columns.extend(known.iter().map(|(_, name)| value_column(name)));
    columns.extend(known.iter().map(|(_, name)| format!("part_{name}")));
    columns.extend(layers.iter().map(|name| (*name).to_owned()));
    columns.push("snapshot".to_owned());
    let rows = Rows { asked, known };
    let listed = asked.listed();
    let mut all = vec![rows.place("territoire", None, asked.compared.at, asked.compared.doc)];
    for (rank, peer) in (1..).zip(listed) {
        all.push(rows.peer(rank, peer));
    }
    all.extend(rows.quartiles());
    FreeTable {
        title: asked.language.tell(&Message::new("compare-title").with(
            "place",
            &snapshot.catalogue().fiche(asked.compared.doc).name,
        )),
        columns,
        rows: all,
    }
}

/// The column of a variable's values: two columns of one name would be read as one.
fn value_column(variable: &str) -> String {
    if FIRST.contains(&variable) {
        format!("{VALUE}{variable}")
    } else {
        variable.to_owned()
    }
}

struct Rows<'a> {
    asked: &'a AskedComparison<'a>,
    /// Rank and name of the variables that have values.
    known: Vec<(usize, &'a str)>,
}

impl Rows<'_> {
    const fn catalogue(&self) -> &Catalogue {
        self.asked.snapshot.catalogue()
    }

    fn peer(&self, rank: i64, peer: &Peer) -> Vec<Cell<'static>> {
        self.place("semblable", Some((rank, peer)), peer.at, peer.doc)
    }

    fn place(
        &self,
        line: &'static str,
        peer: Option<(i64, &Peer)>,
        at: Standing,
        doc: u32,
    ) -> Vec<Cell<'static>> {
        let fiche = self.catalogue().fiche(doc);
        let departement = self.catalogue().name_at(fiche, Level::Departement);
        let distance = peer.and_then(|(_, peer)| peer.distance);
        let mut row = vec![
            Cell::Text(Cow::Borrowed(line)),
            peer.map_or(Cell::Empty, |(rank, _)| Cell::Integer(rank)),
            text(fiche.id.as_str()),
            text(&fiche.name),
            departement.map_or(Cell::Empty, text),
            fiche
                .population()
                .map_or(Cell::Empty, |n| Cell::Integer(i64::from(n))),
            Cell::Integer(i64::from(self.catalogue().level(doc))),
            distance.map_or(Cell::Empty, |far| Cell::Decimal(far.value)),
            distance.map_or(Cell::Empty, |far| Cell::Decimal(far.missing)),
        ];
        let values = self.asked.values(at);
        row.extend(
            self.known
                .iter()
                .map(|(_, name)| number(values.get(name).copied())),
        );
        let share = |rank: usize| peer.map(|(_, peer)| peer.shares[rank]);
        row.extend(self.known.iter().map(|(rank, _)| number(share(*rank))));
        let contents = self.catalogue().contents(doc);
        row.extend(contents.map(|(_, count)| Cell::Integer(i64::from(count))));
        row.push(text(self.asked.snapshot.id()));
        row
    }

    /// Quartiles of the peers and of all, a row each.
    fn quartiles(&self) -> Vec<Vec<Cell<'static>>> {
        let comparer = self.asked.snapshot.comparer();
        let of_peers = |rank: usize| {
            let peers = self.asked.compared.peers.iter();
            Quartiles::of(peers.map(|peer| comparer.value(peer.at, rank)))
        };
        let of_all = |rank: usize| comparer.spread(self.asked.ask.level, rank);
        let activity = &self.asked.diagnosis.activity;
        let peers: Vec<_> = self.known.iter().map(|(rank, _)| of_peers(*rank)).collect();
        let all: Vec<_> = self.known.iter().map(|(rank, _)| of_all(*rank)).collect();
        let counts: Vec<_> = activity.iter().map(|activity| activity.counts).collect();
        let none = vec![None; counts.len()];
        let part = |which: usize| {
            move |quartiles: &Option<Quartiles>| {
                number(quartiles.map(|q| [q.low, q.median, q.high][which]))
            }
        };
        let mut rows = Vec::new();
        for (of, values, counts) in [("semblables", &peers, &counts), ("tous", &all, &none)] {
            for (which, name) in ["q1", "mediane", "q3"].into_iter().enumerate() {
                let mut row = vec![text(&format!("{name} ({of})"))];
                row.resize(FIRST.len(), Cell::Empty);
                row.extend(values.iter().map(part(which)));
                row.resize(FIRST.len() + 2 * self.known.len(), Cell::Empty);
                row.extend(counts.iter().map(part(which)));
                row.push(text(self.asked.snapshot.id()));
                rows.push(row);
            }
        }
        rows
    }
}

fn text(text: &str) -> Cell<'static> {
    Cell::Text(Cow::Owned(text.to_owned()))
}

fn number(number: Option<f64>) -> Cell<'static> {
    number.map_or(Cell::Empty, Cell::Decimal)
}
