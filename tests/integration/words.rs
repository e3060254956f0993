//! The catalogue of words: both languages have the same messages with the same arguments, the code
//! names each of them and no other, and no source holds what people read beside its translation.
//!
//! The rules are functions of texts, so that planted faults show what they find.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Names of messages with the names of their arguments.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// How the names of messages begin that the scripts of the pages say.
const SCRIPT: &str = "script-";

fn messages(source: &str) -> Result<Messages, String> {
    let resource = fluent_syntax::parser::parse(source)
        .map_err(|(_, errors)| format!("cannot be read: {errors:?}"))?;
    let mut found = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let mut arguments = BTreeSet::new();
        let pattern = message.value.ok_or("a message without a text")?;
        read_pattern(&pattern, &mut arguments);
        if found
            .insert(message.id.name.to_owned(), arguments)
            .is_some()
        {
            return Err(format!("{} stands twice", message.id.name));
        }
    }
    Ok(found)
}

fn read_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => read_inline(inline, arguments),
            Expression::Select { selector, variants } => {
                read_inline(selector, arguments);
                for variant in variants {
                    read_pattern(&variant.value, arguments);
                }
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        arguments.insert(id.name.to_owned());
    }
}

/// What is wrong between the catalogue of each language and the sources that name its messages.
fn faults(french: &str, english: &str, code: &[(String, String)], scripts: &str) -> Vec<String> {
    let (fr, en) = match (messages(french), messages(english)) {
        (Ok(fr), Ok(en)) => (fr, en),
        (fr, en) => return [fr.err(), en.err()].into_iter().flatten().collect(),
    };
    let mut found = Vec::new();
    for (id, arguments) in &fr {
        match en.get(id) {
            None => found.push(format!("{id}: English lacks it")),
            Some(others) if others != arguments => {
                found.push(format!("{id}: other arguments in English"));
            }
            Some(_) => {}
        }
    }
    let lacking = en.keys().filter(|id| !fr.contains_key(*id));
    found.extend(lacking.map(|id| format!("{id}: French lacks it")));
    let mut named = BTreeSet::new();
    for (file, text) in code {
        for use_of in uses(text, &fr) {
            match fr.get(&use_of.id) {
                None => found.push(format!("{file} names {}, which is not there", use_of.id)),
                Some(wanted) if use_of.given.as_ref().is_some_and(|given| given != wanted) => {
                    found.push(format!("{file} gives {} other arguments", use_of.id));
                }
                Some(_) => {}
            }
            named.insert(use_of.id);
        }
    }
    let said = script_uses(scripts);
    for name in &said {
        let id = format!("{SCRIPT}{}", kebab_case(name));
        if !fr.contains_key(&id) {
            found.push(format!("a script names {id}, which is not there"));
        }
    }
    for id in fr.keys() {
        let used = match id.strip_prefix(SCRIPT) {
            Some(name) => said.iter().any(|said| kebab_case(said) == name),
            None => named.contains(id),
        };
        // A message may also be named by another.
        let quoted = [french, english]
            .iter()
            .all(|text| text.contains(&format!("{{ {id} }}")));
        if !used && !quoted {
            found.push(format!("{id}: nobody says it"));
        }
    }
    found
}

/// One place where a message is named.
struct Use {
    id: String,
    /// The arguments, where the code shows them beside the name.
    given: Option<BTreeSet<String>>,
}

/// Messages that a source names: what it says, tells, or keeps as a text that begins like a name.
fn uses(text: &str, known: &Messages) -> Vec<Use> {
    let rooms: BTreeSet<&str> = known.keys().filter_map(|id| id.split('-').next()).collect();
    let mut found = Vec::new();
    for (start, _) in text.match_indices('"') {
        let (before, after) = (&text[..start], &text[start + 1..]);
        let Some((id, rest)) = after.split_once('"') else {
            break;
        };
        let told = before.ends_with("Message::new(");
        let said = told || before.ends_with(".say(");
        let (room, name) = id.split_once('-').unwrap_or((id, ""));
        let looks = !name.is_empty()
            && rooms.contains(room)
            && id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if said || (looks && is_code_literal(before)) {
            found.push(Use {
                id: id.to_owned(),
                given: told.then(|| given(rest)),
            });
        }
    }
    found
}

/// Whether what follows is a text of Rust, and no attribute of a template's HTML.
fn is_code_literal(before: &str) -> bool {
    !before.ends_with('=') && !before.ends_with('"')
}

/// Names of the arguments that follow a message: `.with("name", …).count("n", …)`.
fn given(after_id: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut rest = after_id.strip_prefix(')').unwrap_or(after_id).trim_start();
    while let Some(call) = rest
        .strip_prefix(".with(")
        .or_else(|| rest.strip_prefix(".count("))
    {
        let name = call.trim_start().trim_start_matches('"');
        names.insert(name.split('"').next().unwrap_or_default().to_owned());
        let mut depth = 1;
        let end = call.char_indices().find(|&(_, character)| {
            depth += match character {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        rest = end.map_or("", |(at, _)| call[at + 1..].trim_start());
    }
    names
}

/// Words that scripts take: `TEXTS.zoomIn`.
fn script_uses(scripts: &str) -> BTreeSet<String> {
    let after = scripts.split("TEXTS.").skip(1);
    let name = |text: &str| {
        text.chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect()
    };
    after.map(name).collect()
}

fn kebab_case(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

fn server() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/atlaas-server")
}

/// Files below a folder of the server, with what they hold before their tests.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![server().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
            found.push((path.display().to_string(), text));
        }
    }
    assert!(found.len() > 10, "the walk found {} files", found.len());
    found
}

fn catalogue(language: &str) -> String {
    fs::read_to_string(server().join("words").join(format!("{language}.ftl"))).unwrap()
}

#[test]
fn both_languages_say_the_same_messages_and_the_code_names_each_of_them() {
    let mut code = sources("src");
    code.extend(sources("templates"));
    let scripts: String = sources("web/src")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let found = faults(&catalogue("fr"), &catalogue("en"), &code, &scripts);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A small world without a fault: French, English, code, scripts.
const SOUND: [&str; 4] = [
    "page-a = A\npage-n = { $n } b\nscript-zoom-in = Zoomer\n",
    "page-a = A\npage-n = { $n } b\nscript-zoom-in = Zoom in\n",
    r#"lang.say("page-a"); Message::new("page-n").with("n", of(1))"#,
    "TEXTS.zoomIn",
];

/// Faults: where, what becomes what, and what is found.
#[rustfmt::skip]
const PLANTED: [(usize, &str, &str, &str); 10] = [
    (0, "page-a", "page-b = B\npage-a", "page-b: English lacks it"),
    (1, "page-a", "page-b = B\npage-a", "page-b: French lacks it"),
    (1, "$n", "$m", "page-n: other arguments in English"),
    (0, "page-a", "page-b = B\npage-a", "page-b: nobody says it"),
    (2, "page-a", "page-c", "x.rs names page-c, which is not there"),
    (2, "lang.say(\"page-a\")", "match x { _ => \"page-d\" }", "x.rs names page-d, which is not there"),
    (2, "\"n\"", "\"m\"", "x.rs gives page-n other arguments"),
    (3, "In", "Out", "a script names script-zoom-out, which is not there"),
    (3, "TEXTS", "", "script-zoom-in: nobody says it"),
    (0, "page-n", "page-a = encore\npage-n", "page-a stands twice"),
];

fn told([french, english, code, scripts]: [&str; 4]) -> Vec<String> {
    let code = [("x.rs".to_owned(), code.to_owned())];
    faults(french, english, &code, scripts)
}

#[test]
fn each_kind_of_fault_in_the_catalogue_is_found() {
    assert_eq!(told(SOUND), Vec::<String>::new());
    for (place, from, to, expected) in PLANTED {
        let wrong = SOUND[place].replacen(from, to, 1);
        assert_ne!(wrong, SOUND[place], "{expected}");
        let mut world = SOUND;
        world[place] = &wrong;
        let found = told(world);
        assert!(
            found.iter().any(|fault| fault == expected),
            "{expected}: {found:?}"
        );
    }
    let [_, english, code, scripts] = SOUND;
    let broken = told(["page-a = { $n", english, code, scripts]);
    assert!(broken[0].starts_with("cannot be read"), "{broken:?}");
}

/// Sources that speak French only, whatever the language: data, descriptions of addresses, and pages
/// in one language.
const FRENCH_ONLY: [&str; 8] = [
    "/describe/",
    "/api/extensions.rs",
    "/api/fiches.rs",
    "/formats/atom.rs",
    "/ogc/landing.rs",
    "/ogc/queryables.rs",
    "/pages/docs.rs",
    "/pages/share/examples.rs",
];

/// Descriptions that OpenAPI and `/docs` tell in French: where one begins, and how it ends.
const DESCRIPTIONS: [[&str; 2]; 3] = [
    ["#[utoipa::path(", "\n)]"],
    ["parameters! {", "\n}"],
    ["\n    about: \"", "\n"],
];

/// A source without what describes its addresses and formats.
fn undescribed(text: &str) -> String {
    let mut kept = text.to_owned();
    for [start, end] in DESCRIPTIONS {
        while let Some((before, rest)) = kept.split_once(start) {
            let after = rest.split_once(end).map_or("", |(_, after)| after);
            kept = format!("{before}\n{after}");
        }
    }
    kept
}

/// Whether a text is French words, by the letters that only French has.
fn is_french(text: &str) -> bool {
    text.contains(['é', 'è', 'ê', 'à', 'ç', 'ô', 'î', '’'])
}

/// The texts of a source, its comments left out.
fn literals(text: &str) -> Vec<&str> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect()
}

#[test]
fn no_source_of_the_server_holds_sentences_of_its_own() {
    let mut found = Vec::new();
    for (file, text) in sources("src") {
        let excepted = FRENCH_ONLY.iter().any(|part| file.contains(part));
        let text = undescribed(&text);
        let french = literals(&text).into_iter().filter(|text| is_french(text));
        found.extend(
            french
                .filter(|_| !excepted)
                .map(|text| format!("{file}: {text}")),
        );
    }
    for (file, text) in sources("src").into_iter().chain(sources("templates")) {
        let shapes = ["Bilingual", "lang.t(", "french", "message_en"];
        // The table of parameters has its own words, which descriptions pass on.
        let passes_on = file.contains("/describe/");
        let kept = shapes
            .into_iter()
            .filter(|shape| !passes_on && text.contains(shape));
        found.extend(kept.map(|shape| format!("{file}: {shape}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(is_french("Requête incorrecte") && !is_french("Bad request"));
    let described = "a\n#[utoipa::path(\n summary = \"é\",\n)]\nb\n    about: \"é\",\nc";
    assert_eq!(undescribed(described), "a\n\n\nb\nc");
    assert_eq!(literals("// \"a\"\nsay(\"é\", \"b\")"), ["é", "b"]);
}
