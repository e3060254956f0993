//! Fiches out of rows: what colieux and initiatives have in common, from identity to duplicates.

use crate::{
    points::surroundings::Surroundings,
    report::{read_dates::ReadDates, remarks::Remarks},
    tables::row::Row,
    tables::row::floor,
    text::clean,
    text::contacts,
    values::terms::Terms,
};
use atlaas_model::{Action, Fiche, FicheId, Kind, slug};
use std::{borrow::Cow, collections::HashMap};

/// Most characters of a title or name.
const NAME_LIMIT: usize = 300;

/// What every reader of rows works with.
pub(crate) struct Context<'a> {
    /// Communes and their outlines.
    pub(crate) around: &'a Surroundings<'a>,
    /// Enumerations.
    pub(crate) terms: &'a mut Terms,
}

/// Fiches by id; a later row takes the place of an earlier one with the same id.
#[derive(Debug, Default)]
pub(crate) struct Fiches {
    kept: Vec<Fiche>,
    lines: HashMap<FicheId, (usize, u64)>,
    dates: ReadDates,
}

impl Fiches {
    /// Adds a fiche read at a line.
    pub(crate) fn put(&mut self, fiche: Fiche, line: u64, remarks: &mut Remarks<'_>) {
        if let Some(day) = fiche.updated {
            self.dates.day("date_maj", day, remarks);
        }
        if let Some(year) = fiche.year() {
            self.dates.year("annee", year, remarks);
        }
        if let Some((rank, earlier)) = self.lines.get_mut(&fiche.id) {
            let advice = format!(
                "identifiant déjà lu ligne {earlier} : cette ligne la remplace ; donner un identifiant par fiche"
            );
            remarks.note(Action::Repare, "id", fiche.id.as_str(), advice);
            *earlier = line;
            self.kept[*rank] = fiche;
            return;
        }
        self.lines.insert(fiche.id.clone(), (self.kept.len(), line));
        self.kept.push(fiche);
    }

    /// All of them, and the dates of their rows.
    pub(crate) fn into_parts(self) -> (Vec<Fiche>, ReadDates) {
        (self.kept, self.dates)
    }
}

/// A fiche with its id, name and place; `None`, with a remark, when the row has no name.
pub(crate) fn start(
    row: &Row,
    kind: Kind,
    (id_columns, name_columns): (&[&str], &[&str]),
    context: &Context<'_>,
    remarks: &mut Remarks<'_>,
) -> Option<Fiche> {
    let name = clean::line(&clean::without_markup(&row.first(name_columns)));
    if name.is_empty() {
        let column = name_columns.first().copied().unwrap_or_default();
        remarks.note(Action::Refuse, column, "", "fiche sans nom : le donner");
        return None;
    }
    let kept: String = name.chars().take(NAME_LIMIT).collect();
    if kept.len() < name.len() {
        let advice = "plus de 300 caractères, coupé : le reste est à mettre dans la description";
        remarks.note(Action::Repare, name_columns[0], &name, advice);
    }
    let id = identify(row, kind, id_columns, remarks);
    let mut fiche = Fiche::new(id, kind, kept);
    let located = context.around.locate(row, remarks);
    fiche.territory = located.territory;
    fiche.position = located.position;
    fiche.precision = located.precision;
    Some(fiche)
}

fn identify(row: &Row, kind: Kind, columns: &[&str], remarks: &mut Remarks<'_>) -> FicheId {
    let own = row.first(columns);
    if let Ok(id) = FicheId::of_row(kind, &own) {
        return id;
    }
    let folded = slug(&own);
    let text = if folded.is_empty() {
        by_line(row)
    } else {
        floor(&folded, 60).to_owned()
    };
    let id = FicheId::of_row(kind, &text).unwrap_or_else(|_| line_id(kind, row));
    let advice = if own.is_empty() {
        "pas d'identifiant, la ligne en tient lieu : en donner un qui ne change pas".to_owned()
    } else {
        format!("identifiant remplacé par {id} : lettres sans accent, chiffres, points et tirets")
    };
    remarks.note(Action::Repare, "id", &own, advice);
    id
}

/// What stands for the id of a row without one; several rows of JSON may share a line.
fn by_line(row: &Row) -> String {
    match row.rank {
        1 => format!("ligne-{}", row.line),
        rank => format!("ligne-{}-{rank}", row.line),
    }
}

fn line_id(kind: Kind, row: &Row) -> FicheId {
    FicheId::of_row(kind, &by_line(row)).expect("a kind, hyphens and numbers are always an id")
}

/// Plain text of a field of several lines, without mails and phone numbers.
pub(crate) fn text(row: &Row, column: &str, remarks: &mut Remarks<'_>) -> String {
    let text = clean::paragraphs(&clean::without_markup(row.raw(column)));
    match contacts::removed(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(less) => {
            let advice = "courriel ou téléphone retiré du texte : ils ne sont pas publiés";
            remarks.note(Action::Repare, column, "", advice);
            less
        }
    }
}
