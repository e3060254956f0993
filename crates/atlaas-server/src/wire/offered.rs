//! Which of the forms that are offered a client prefers, by `Accept` (RFC 9110 §12.5.1).

use crate::wire::quality::{self, Wanted};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// A form by its media types.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    /// As it is sent.
    pub media: &'static str,
    /// Others by which it is asked for as well, without parameters.
    pub aliases: &'static [&'static str],
}

/// The rank of the best form of what the client accepts: highest quality, then most exact, then our own order;
/// the first without the header, nothing when it excludes everything.
pub fn best(headers: &HeaderMap, forms: impl Iterator<Item = Offered>) -> Option<usize> {
    let ranges: Vec<Wanted<'_>> = quality::wanted(headers, ACCEPT).collect();
    if ranges.is_empty() {
        return Some(0);
    }
    let mut best: Option<(f32, u8, usize)> = None;
    for (rank, form) in forms.enumerate() {
        // The most exact range that names a form decides its quality.
        let chosen = ranges
            .iter()
            .filter_map(|range| exactness(form, range).map(|exact| (exact, range.quality)))
            .max_by_key(|(exactness, _)| *exactness);
        if let Some((exactness, quality)) = chosen.filter(|(_, quality)| *quality > 0.0)
            && best.is_none_or(|(q, e, _)| (quality, exactness) > (q, e))
        {
            best = Some((quality, exactness, rank));
        }
    }
    best.map(|(_, _, rank)| rank)
}

/// How exactly a media range names a form; `None` when it does not.
fn exactness(form: Offered, range: &Wanted<'_>) -> Option<u8> {
    let own = bare(form.media);
    if range.is("*/*") || range.is("*") {
        return Some(0);
    }
    if range.is(own) {
        return Some(3);
    }
    if form.aliases.iter().any(|alias| range.is(alias)) {
        return Some(2);
    }
    let family = range.name.strip_suffix("/*")?;
    let (own_family, _) = own.split_once('/')?;
    own_family.eq_ignore_ascii_case(family).then_some(1)
}

/// A media type without its parameters.
pub fn bare(media: &str) -> &str {
    media.split(';').next().unwrap_or_default()
}
