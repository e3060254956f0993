//! Rooms as code: no circle of files in a crate, and arrows between rooms that go one way.
//!
//! A room is a folder with its opening file, or a file that stands alone beside `lib.rs`. A file points
//! at another when a path in its code leads there; test code does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module by its path from the root of its crate; empty is `lib.rs`.
type Module = Vec<String>;
type Arrows = BTreeMap<Module, BTreeSet<Module>>;

/// A room, and the rooms that it may know.
type Room = (&'static str, &'static [&'static str]);

/// Per crate, which rooms each room may know. A crate without a table is checked for circles alone.
const ROOMS: &[(&str, &[Room])] = &[
    (
        "atlaas-search",
        &[
            ("text", &[]),
            ("error", &[]),
            ("query", &[]),
            ("index", &["text", "error"]),
            ("matching", &["index", "text"]),
            ("gazetteer", &["text"]),
            ("understand", &["gazetteer", "text"]),
            ("suggest", &["gazetteer", "text"]),
            ("geocode", &["gazetteer", "text"]),
            (
                "opened",
                &[
                    "matching",
                    "understand",
                    "gazetteer",
                    "index",
                    "text",
                    "error",
                ],
            ),
            (
                "plan",
                &[
                    "opened",
                    "matching",
                    "understand",
                    "gazetteer",
                    "index",
                    "text",
                    "query",
                ],
            ),
            (
                "answer",
                &[
                    "plan", "opened", "matching", "index", "text", "query", "error",
                ],
            ),
            (
                "climb",
                &["answer", "plan", "opened", "matching", "query", "error"],
            ),
            (
                "search",
                &[
                    "climb",
                    "answer",
                    "plan",
                    "opened",
                    "matching",
                    "gazetteer",
                    "index",
                    "query",
                    "error",
                ],
            ),
        ],
    ),
    (
        "atlaas-server",
        &[
            ("words", &[]),
            ("clients", &[]),
            ("wire", &["words"]),
            ("error", &["words"]),
            ("state", &["clients", "error", "words"]),
            ("call", &["clients", "error", "state", "wire", "words"]),
            ("formats", &["error", "wire", "words"]),
            ("picture", &["words"]),
            ("describe", &["call", "error", "wire"]),
            (
                "api",
                &[
                    "call", "clients", "describe", "error", "formats", "state", "wire", "words",
                ],
            ),
            ("tables", &[]),
            (
                "national",
                &[
                    "call", "describe", "error", "formats", "state", "tables", "wire", "words",
                ],
            ),
            (
                "ogc",
                &["call", "describe", "error", "formats", "wire", "words"],
            ),
            (
                "pages",
                &[
                    "call", "clients", "describe", "error", "formats", "picture", "state", "wire",
                    "words",
                ],
            ),
            (
                "serve",
                &[
                    "api", "clients", "describe", "error", "national", "ogc", "pages", "state",
                    "wire", "words",
                ],
            ),
        ],
    ),
];

/// Most files at the root of a folder.
const MOST_FILES: usize = 16;

/// The code of a crate by module.
struct Tree(BTreeMap<Module, String>);

impl Tree {
    fn of(files: &[(&str, &str)]) -> Self {
        let module = |path: &str| {
            let path = path.strip_suffix(".rs").unwrap();
            let parts = path.split('/').map(str::to_owned).collect();
            if ["lib", "main"].contains(&path) {
                Module::new()
            } else {
                parts
            }
        };
        Self(
            files
                .iter()
                .map(|(path, text)| (module(path), code(text)))
                .collect(),
        )
    }

    fn read(name: &str) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../crates")
            .join(name)
            .join("src");
        let mut files = Vec::new();
        collect(&source, &source, &mut files);
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        Self::of(&files)
    }

    /// The file that a path leads to, from a module: the deepest one on its way.
    fn resolve(&self, from: &Module, path: &[String]) -> Option<Module> {
        let mut base = from.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while let Some((first, others)) = rest.split_first()
                    && first == "super"
                {
                    base.pop()?;
                    rest = others;
                }
            }
            child => {
                base.push(child.to_owned());
                self.0.get(&base)?;
                rest = &path[1..];
            }
        }
        for part in rest {
            base.push(part.clone());
            if !self.0.contains_key(&base) {
                base.pop();
                break;
            }
        }
        if !base.is_empty() {
            return Some(base);
        }
        // A name of the root leads to where the root takes it from.
        let name = rest.first()?;
        let root = self.0.get(&Module::new())?;
        let exported = paths(root)
            .into_iter()
            .find(|path| path.last() == Some(name));
        exported
            .filter(|exported| exported.len() > 1)
            .and_then(|exported| self.resolve(&Module::new(), &exported))
    }

    fn arrows(&self) -> Arrows {
        let files = self.0.iter().filter(|(module, _)| !module.is_empty());
        files
            .map(|(module, text)| {
                let targets = paths(text)
                    .iter()
                    .filter_map(|path| self.resolve(module, path))
                    .filter(|target| target != module)
                    .collect();
                (module.clone(), targets)
            })
            .collect()
    }
}

fn collect(source: &Path, directory: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(source, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(source).unwrap().to_string_lossy();
            files.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// A text without its comments and its tests.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    let lines = text[..end].lines();
    lines
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every path of a text (`a::b`, `use a::{b, c::d}`), spelt out.
fn paths(text: &str) -> Vec<Vec<String>> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_name(tokens[at]) {
            at = path(&tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found.retain(|path| path.len() > 1);
    found
}

fn is_name(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

/// Names, `::` and single other characters.
fn tokens(text: &str) -> Vec<&str> {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if part(first) {
            rest.find(|letter| !part(letter)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, others) = rest.split_at(length);
        tokens.push(token);
        rest = others.trim_start();
    }
    tokens
}

/// Reads the path that begins at a name, behind a prefix; tells where it ends.
fn path(tokens: &[&str], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        if tokens[at] != "self" || path.is_empty() {
            path.push(tokens[at].to_owned());
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            break;
        }
        match tokens.get(at + 1) {
            Some(name) if is_name(name) => at += 1,
            Some(&"{") => return group(tokens, at + 2, &path, found),
            _ => break,
        }
    }
    found.push(path);
    at
}

/// Reads the paths of a group in braces; tells where it ends.
fn group(tokens: &[&str], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    while let Some(&token) = tokens.get(at) {
        match token {
            "}" => return at + 1,
            // The new name of an import says nothing.
            "as" => at += 2,
            name if is_name(name) => at = path(tokens, at, before, found),
            _ => at += 1,
        }
    }
    at
}

/// Files that reach each other, as sets of more than one.
fn circles(arrows: &Arrows) -> Vec<BTreeSet<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<Module>> = arrows
        .keys()
        .map(|module| (module, reached_from(module, arrows)))
        .collect();
    let mut circles: Vec<BTreeSet<Module>> = Vec::new();
    for (module, targets) in &reached {
        let together: BTreeSet<Module> = targets
            .iter()
            .filter(|target| {
                reached
                    .get(target)
                    .is_some_and(|back| back.contains(*module))
            })
            .cloned()
            .collect();
        if together.len() > 1 && !circles.contains(&together) {
            circles.push(together);
        }
    }
    circles
}

fn reached_from(module: &Module, arrows: &Arrows) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![module];
    while let Some(next) = waiting.pop() {
        for target in arrows.get(next).into_iter().flatten() {
            if reached.insert(target.clone()) {
                waiting.push(target);
            }
        }
    }
    reached
}

fn crates() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("Cargo.toml").exists())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 7, "the walk found only {names:?}");
    names
}

#[test]
fn no_crate_holds_a_circle_of_files() {
    for name in crates() {
        let tree = Tree::read(&name);
        let circles = circles(&tree.arrows());
        assert!(circles.is_empty(), "{name}: {circles:?}");
    }
}

#[test]
fn arrows_between_rooms_go_one_way_and_every_arrow_allowed_is_taken() {
    for (name, table) in ROOMS {
        let allowed: BTreeMap<&str, &[&str]> = table.iter().copied().collect();
        let arrows = Tree::read(name).arrows();
        let mut taken: BTreeSet<(String, String)> = BTreeSet::new();
        for (module, targets) in &arrows {
            let room = &module[0];
            let known = allowed.get(room.as_str());
            let known = known.unwrap_or_else(|| panic!("{name}: {room} is no room of the table"));
            for target in targets.iter().filter(|target| target[0] != *room) {
                let fits = known.contains(&target[0].as_str());
                assert!(
                    fits,
                    "{name}: {} → {} goes back",
                    module.join("::"),
                    target.join("::")
                );
                taken.insert((room.clone(), target[0].clone()));
            }
        }
        for (room, known) in *table {
            for other in *known {
                let arrow = ((*room).to_owned(), (*other).to_owned());
                assert!(
                    taken.contains(&arrow),
                    "{name}: nobody goes {room} → {other}"
                );
            }
        }
    }
}

#[test]
fn no_folder_of_a_crate_is_crowded() {
    for name in crates() {
        let mut folders: BTreeMap<Module, usize> = BTreeMap::new();
        for module in Tree::read(&name).0.keys() {
            let folder = module.split_last().map_or(&[][..], |(_, folder)| folder);
            *folders.entry(folder.to_vec()).or_default() += 1;
        }
        for (folder, files) in folders {
            assert!(
                files <= MOST_FILES,
                "{name}/{}: {files} files",
                folder.join("/")
            );
        }
    }
}

#[test]
fn the_finder_finds_planted_circles_and_no_others() {
    let found = |files: &[(&str, &str)]| {
        let circles = circles(&Tree::of(files).arrows());
        let spelt = |module: &Module| module.join("::");
        let names = circles
            .iter()
            .map(|circle| circle.iter().map(spelt).collect());
        names.collect::<Vec<Vec<String>>>()
    };
    // Two files, by `use` in braces and by a path in the code.
    let planted = [
        ("lib.rs", "mod a; mod b; pub use a::A;"),
        ("a.rs", "use crate::{b::{self, B as C}};"),
        ("b.rs", "fn f() { crate::a::g() }"),
    ];
    assert_eq!(found(&planted), [["a", "b"]]);
    // A room whose opening file works with a file that works with it.
    let planted = [
        ("lib.rs", "mod room;"),
        ("room.rs", "mod inner; fn f() { inner::g() }"),
        ("room/inner.rs", "use super::f;"),
    ];
    assert_eq!(found(&planted), [["room", "room::inner"]]);
    // By a name that the root hands on.
    let planted = [
        ("lib.rs", "mod a; mod b; pub use a::A;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::A;"),
    ];
    assert_eq!(found(&planted), [["a", "b"]]);
    // Three rooms in a row, a comment and a test that point back.
    let sound = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c;"),
        (
            "c.rs",
            "//! As `crate::a` says.\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}\n",
        ),
    ];
    assert!(found(&sound).is_empty());
}
