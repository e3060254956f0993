//! The names of the files of an index: the same each time, where tantivy draws them at random.
//!
//! Its one segment is called by a number drawn for it, in the names of its files and in what lists them.
//! An index that is part of a snapshot is found by the snapshot's name alone, so the number says nothing.

use std::{fs, io, path::Path};

/// tantivy's list of segments.
const META: &str = "meta.json";
/// tantivy's list of files that its collector of garbage may remove: nothing is ever removed here.
const MANAGED: &str = ".managed.json";
/// What the segment is called.
const SEGMENT: &str = "00000000000000000000000000000001";

/// Gives the one segment of an index its name.
pub(super) fn settle(dir: &Path) -> io::Result<()> {
    let path = dir.join(META);
    let meta = fs::read_to_string(&path)?;
    let drawn =
        drawn_name(&meta).ok_or_else(|| io::Error::other("the index has not one segment"))?;
    fs::write(&path, meta.replacen(drawn, &hyphenated(SEGMENT), 1))?;
    let bare = drawn.replace('-', "");
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(ending) = name.strip_prefix(&bare) {
            fs::rename(dir.join(&name), dir.join(format!("{SEGMENT}{ending}")))?;
        }
    }
    match fs::remove_file(dir.join(MANAGED)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The name between the quotes after `"segment_id": `, when there is one and no second.
fn drawn_name(meta: &str) -> Option<&str> {
    let mut parts = meta.split("\"segment_id\":");
    let (_, after, none) = (parts.next()?, parts.next()?, parts.next());
    let name = after.split('"').nth(1)?;
    (none.is_none() && name.len() == 36).then_some(name)
}

/// As tantivy writes it in its list.
fn hyphenated(name: &str) -> String {
    let parts = [
        &name[..8],
        &name[8..12],
        &name[12..16],
        &name[16..20],
        &name[20..],
    ];
    parts.join("-")
}
