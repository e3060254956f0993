//! The parts of a report that are tables and maps, each out of a barometer of the territory.

use crate::call::choropleth;
use crate::error::problem::ApiError;
use crate::pages::barometer::figures::{FigureRow, Figures};
use crate::pages::layout::frame::Frame;
use atlaas_engine::{Barometer, BarometerAsk, Measure, Query, Snapshot};
use atlaas_model::{Code, DocId, Fiche, Layer, Level};

/// Pixels of a map: half the width of a sheet.
const MAP: (u32, u32) = (560, 560);

/// What a report is of.
pub enum Scope {
    /// The whole country.
    France,
    /// A territory.
    Place {
        /// Its level.
        level: Level,
        /// Its code.
        code: Code,
        /// Its document.
        doc: DocId,
    },
}

impl Scope {
    /// Whether a commune lies in it.
    pub fn holds(&self, fiche: &Fiche) -> bool {
        match self {
            Self::France => true,
            Self::Place { level, code, .. } => fiche.territory.at(*level) == Some(*code),
        }
    }

    /// Everything in it.
    pub fn query(&self) -> Query {
        let mut query = Query {
            strict: true,
            ..Query::default()
        };
        if let Self::Place { level, code, .. } = self {
            query.territories.insert(*level, vec![code.to_string()]);
        }
        query
    }

    /// The end of its address.
    pub fn path(&self) -> String {
        match self {
            Self::France => "/releve".to_owned(),
            Self::Place { level, code, .. } => format!("/releve/{level}-{code}"),
        }
    }

    /// The level of what it is told apart by on a map; `None` for a commune.
    fn below(&self) -> Option<Level> {
        match self {
            Self::France => Some(Level::Departement),
            Self::Place { level, .. } => match level {
                Level::Region => Some(Level::Epci),
                Level::Departement | Level::Epci => Some(Level::Commune),
                Level::Commune => None,
            },
        }
    }
}

/// Asks for figures of a scope.
pub fn counted(snapshot: &Snapshot, query: Query, by: &[&str]) -> Result<Barometer, ApiError> {
    let ask = BarometerAsk {
        query,
        by: by.iter().map(|name| (*name).to_owned()).collect(),
        of_all: false,
        standardised: false,
    };
    Ok(snapshot.barometer(&ask)?)
}

/// A row for each layer of objects.
pub fn layers(
    frame: &Frame,
    snapshot: &Snapshot,
    scope: &Scope,
) -> Result<Vec<FigureRow>, ApiError> {
    let layers = snapshot.schema().layers().iter();
    let row = |layer: &Layer| {
        let query = Query {
            kinds: vec![layer.kind()],
            ..scope.query()
        };
        let found = counted(snapshot, query, &[])?;
        let title = frame.lang.of(&layer.title).to_owned();
        Ok(figures(frame, &found).total_as(title))
    };
    layers.filter(|layer| layer.counted).map(row).collect()
}

/// The territory beside those of its level: its rate shrunk towards theirs, and what all of them have.
pub fn beside(
    frame: &Frame,
    snapshot: &Snapshot,
    scope: &Scope,
) -> Result<Option<(FigureRow, FigureRow)>, ApiError> {
    let Scope::Place { level, code, doc } = scope else {
        return Ok(None);
    };
    let fiche = snapshot.catalogue().fiche(*doc);
    let mut around = Scope::France.query();
    let mut whole = frame.lang.say("statement-france").to_owned();
    // Communes are shrunk towards their département: the others need not be counted.
    let departement = fiche
        .territory
        .departement
        .filter(|_| *level == Level::Commune);
    if let Some(code) = departement {
        around
            .territories
            .insert(Level::Departement, vec![code.to_string()]);
        let name = snapshot
            .catalogue()
            .territory_name(Level::Departement, code);
        name.unwrap_or_default().clone_into(&mut whole);
    }
    let found = counted(snapshot, around, &[level.as_str()])?;
    let own = found.cells.iter().find(|cell| {
        let value = found.values(cell).next();
        value.is_some_and(|(_, value)| value.spelling == code.as_str())
    });
    let figures = figures(frame, &found);
    Ok(own.map(|cell| {
        (
            figures.row(fiche.name.clone(), cell),
            figures.total_as(whole),
        )
    }))
}

/// Rows by classes of inhabitants; none where there is one class.
pub fn strata(
    frame: &Frame,
    snapshot: &Snapshot,
    scope: &Scope,
) -> Result<Vec<FigureRow>, ApiError> {
    let found = counted(snapshot, scope.query(), &["strate"])?;
    let (rows, _) = figures(frame, &found).rows();
    Ok(if rows.len() > 1 { rows } else { Vec::new() })
}

/// What rows are made with.
pub fn figures<'a>(frame: &'a Frame, found: &'a Barometer) -> Figures<'a> {
    Figures {
        frame,
        found,
        of_all: false,
    }
}

/// A map: its title and its address.
pub struct StatementMap {
    /// What it shows.
    pub title: String,
    /// Address of the picture.
    pub src: String,
    /// Pixels.
    pub size: (u32, u32),
}

/// The maps of a scope: the rate and the objects of what lies below it; the objects themselves in a commune.
pub fn maps(frame: &Frame, scope: &Scope) -> Vec<StatementMap> {
    let lang = frame.lang;
    let asked = scope.query().filter_canonical();
    let map = |what: String, title: String| StatementMap {
        title,
        src: frame.data(
            "/carte.svg",
            &format!(
                "{asked}{}{what}largeur={}&hauteur={}&lang={}&v={}",
                if asked.is_empty() { "" } else { "&" },
                MAP.0,
                MAP.1,
                lang.tag(),
                frame.snapshot
            ),
        ),
        size: MAP,
    };
    let Some(level) = scope.below() else {
        return vec![map(String::new(), lang.say("statement-map").to_owned())];
    };
    [Measure::Rate, Measure::Sheets]
        .map(|measure| {
            let title = choropleth::title_by(measure, level, lang);
            let name = choropleth::name_of(measure);
            map(format!("fond=barometre-{name}&maille={level}&"), title)
        })
        .into()
}
