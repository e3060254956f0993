//! How the national API calls the parts of a commune that have a code of their own.

use atlaas_model::AliasKind;

/// The name of a kind of part in the national API; none for mere names.
pub const fn part_type(kind: AliasKind) -> Option<&'static str> {
    match kind {
        AliasKind::Arrondissement => Some("arrondissement-municipal"),
        AliasKind::Associee => Some("commune-associee"),
        AliasKind::Deleguee => Some("commune-deleguee"),
        AliasKind::Ancienne | AliasKind::Usuelle => None,
    }
}
