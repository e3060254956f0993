//! What each difference between a typed spelling and a name costs, in one table.
//!
//! The unit is one typing mistake. A place's rank is its importance, plus nearness, less its costs;
//! the numbers were chosen on the generated suite (`tests/names.rs`), which shows what each change
//! gains and loses.

use atlaas_model::Level;

/// One letter put in, left out, changed, or two swapped.
pub(crate) const EDIT: f32 = 1.0;
/// One letter left out.
pub(crate) const DELETED: f32 = 0.7;
/// Two neighbours swapped.
pub(crate) const SWAPPED: f32 = 0.8;
/// Nothing but the first letter is wrong.
pub(crate) const WRONG_FIRST: f32 = -0.1;
/// The same letters, with other spaces between.
pub(crate) const OTHER_SPLIT: f32 = 0.2;
/// More words than were typed, or fewer.
pub(crate) const OTHER_COUNT: f32 = 0.1;
/// Accents were typed, and they are not those of the name.
pub(crate) const OTHER_ACCENTS: f32 = 0.15;
/// Further spelling without the leading article.
pub(crate) const NO_ARTICLE: f32 = 0.2;
/// Further spelling without any linking word.
pub(crate) const NO_LINKS: f32 = 0.25;
/// Further spelling of an EPCI without its legal form.
pub(crate) const NO_FORM: f32 = 0.5;
/// Another usual spelling (`PACA`, `Paris XVII`).
pub(crate) const USUAL: f32 = 0.1;
/// The first words of a longer name (`La Baule`)…
pub(crate) const HEAD: f32 = 0.3;
/// … of a town, which stays in the list however many villages are called just so…
pub(crate) const TOWN_HEAD: f32 = 0.08;
/// … and comes before them…
pub(crate) const OVERTAKES: f32 = -0.5;
/// … since it has so many inhabitants at least…
pub(crate) const TOWN: u32 = 20_000;
/// … and so many times more than they have. `TOWN_HEAD` is what that is worth (`DECADE`), so that a
/// town that is less than that comes behind.
pub(crate) const FAR_MORE: u32 = 10;
/// The name is a former or delegated commune's.
pub(crate) const ALIAS: f32 = 0.3;
/// An arrondissement before its number is typed.
pub(crate) const UNASKED: f32 = 1.0;
/// A spelling that stops before the end of the name…
pub(crate) const UNFINISHED: f32 = 0.9;
/// … less so for each letter that was typed: few names begin so by accident…
pub(crate) const UNFINISHED_LESS: f32 = 0.1;
/// … but no less than this.
pub(crate) const UNFINISHED_LEAST: f32 = 0.25;
/// Each letter not yet typed…
pub(crate) const MISSING_LETTER: f32 = 0.02;
/// … but no more than this.
pub(crate) const MISSING_MOST: f32 = 0.8;
/// A word of the name, not its first, that is still being typed.
pub(crate) const UNFINISHED_WORD: f32 = 0.15;
/// Words in another order.
pub(crate) const REORDERED: f32 = 0.4;
/// All words of the name and no others, in another order.
pub(crate) const ALL_THERE: f32 = -0.5;
/// A text being typed that ends on a linking word which the name does not have.
pub(crate) const PENDING: f32 = 1.0;
/// A word of the name that was not typed.
pub(crate) const UNTYPED_WORD: f32 = 0.6;
/// A linking word typed or left out.
pub(crate) const LINK: f32 = 0.1;
/// A typed word that the name does not have.
pub(crate) const FOREIGN_WORD: f32 = 2.5;
/// An exact spelling always comes before an unfinished one.
pub(crate) const EXACT: f32 = -1.0;
/// What stands beside the name (département, postcode) agrees.
pub(crate) const AGREES: f32 = -0.3;
/// What stands beside the name was itself misspelt.
pub(crate) const AGREES_MISSPELT: f32 = 0.7;
/// An exact spelling that costs no more than this ends the search.
pub(crate) const GOOD: f32 = 0.21;
/// A post code rather than a name.
pub(crate) const POSTCODE: f32 = 1.5;
/// Five digits as INSEE's code when they are a post code too: whatever its importance, after those.
pub(crate) const AFTER_POSTCODES: f32 = 4.0;
/// An arrondissement of which this is the post code, against its commune.
pub(crate) const ARRONDISSEMENT: f32 = 0.4;
/// Beyond this nothing was meant.
pub(crate) const MOST: f32 = 3.6;

/// Importance of ten times more inhabitants.
pub(crate) const DECADE: f32 = 0.08;
/// Nearness of a place where the user is.
pub(crate) const HERE: f32 = 1.2;
/// Kilometres at which nearness is half of that.
pub(crate) const HALF_KM: f64 = 30.0;

/// Inhabitants a place weighs, by its kind: a commune is meant more often than a wider territory
/// of the same name (`Paris`), unless it is very small (`Allier`, 300 inhabitants).
pub(crate) fn importance(level: Level, population: u32) -> f32 {
    let factor = match level {
        Level::Commune => 20.0,
        Level::Departement => 1.2,
        Level::Region => 1.0,
        Level::Epci => 0.8,
    };
    DECADE * (1.0 + population as f32 * factor).log10()
}
