//! Bundles `web/`, with its words from the catalogue, and writes the table of embedded assets.
//!
//! The bundle is made by Node in a copy under `OUT_DIR`, so that the source tree stays clean. Without
//! Node the pages are served without enrichment, and one warning says so; with
//! `ATLAAS_REQUIRE_WEB=1` that is an error. Style sheets and the embedding script need no tool.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[path = "build/script_words.rs"]
mod script_words;

/// What Node needs in its copy.
const PACKAGE: [&str; 5] = [
    "package.json",
    "package-lock.json",
    ".npmrc",
    "build.mjs",
    "glyphs.mjs",
];
/// Style sheets, in the order in which they follow each other.
const STYLES: [&str; 5] = [
    "1-tokens.css",
    "2-base.css",
    "3-explorer.css",
    "4-map.css",
    "5-pages.css",
];
/// The element that hosts load: served as it is written when there is no bundle.
const ELEMENT: &str = "atlaas.js";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let web = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("web");
    let copy = PathBuf::from(env::var("OUT_DIR")?).join("web");
    println!("cargo::rerun-if-env-changed=ATLAAS_REQUIRE_WEB");
    for source in PACKAGE.into_iter().chain(["src", "styles"]) {
        println!("cargo::rerun-if-changed={}", web.join(source).display());
    }
    println!("cargo::rerun-if-changed=words");
    let dist = copy.join("dist");
    fs::create_dir_all(&dist)?;
    fs::write(dist.join("atlaas.css"), style_sheet(&web)?)?;
    if let Err(error) = bundle(&web, &copy) {
        let message = format!("pages are built without enrichment: {error}");
        if env::var("ATLAAS_REQUIRE_WEB").is_ok_and(|value| value == "1") {
            return Err(message.into());
        }
        println!("cargo::warning={message}");
        leave_out_bundles(&web, &dist)?;
    }
    // Without signs to draw with, styles have no text.
    let drawn = u8::from(dist.join("glyphs-0-255.pbf").exists());
    println!("cargo::rustc-env=ATLAAS_GLYPHS={drawn}");
    write_table(&dist)
}

/// One sheet without comments and without the space that means nothing.
fn style_sheet(web: &Path) -> Outcome<String> {
    let mut out = String::new();
    for name in STYLES {
        let mut text = fs::read_to_string(web.join("styles").join(name))?;
        while let Some(start) = text.find("/*") {
            let end = text[start..]
                .find("*/")
                .ok_or_else(|| format!("{name}: a comment has no end"))?;
            text.replace_range(start..start + end + 2, "");
        }
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let line = line
                .strip_suffix(" {")
                .map_or_else(|| line.to_owned(), |rule| format!("{rule}{{"));
            out.push_str(&line);
            // A selector or a value that goes on needs the space; the rest does not.
            if !line.ends_with(['{', '}', ';', ',']) {
                out.push(' ');
            }
        }
    }
    Ok(out)
}

fn bundle(web: &Path, copy: &Path) -> Outcome<()> {
    run(Command::new("node").arg("--version"), "Node is not there")?;
    let _ = fs::remove_dir_all(copy.join("src"));
    copy_tree(&web.join("src"), &copy.join("src"))?;
    fs::write(copy.join("src").join("words.js"), script_words::module()?)?;
    let lock = fs::read_to_string(web.join("package-lock.json"))?;
    let installed = copy.join("installed-lock.json");
    for name in PACKAGE {
        fs::copy(web.join(name), copy.join(name))?;
    }
    if fs::read_to_string(&installed).is_ok_and(|done| done == lock) {
        // The same packages as last time.
    } else {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(copy);
        run(&mut npm, "`npm ci` failed")?;
        fs::write(&installed, &lock)?;
    }
    run(
        Command::new("node").arg("build.mjs").current_dir(copy),
        "the bundle failed",
    )
}

fn run(command: &mut Command, failure: &str) -> Outcome<()> {
    let output = command
        .output()
        .map_err(|error| format!("{failure} ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = told
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty())
        .take(3)
        .collect();
    Err(format!("{failure}: {}", last.join(" / ")).into())
}

fn copy_tree(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Removes what an earlier build bundled; the embedding element is plain JavaScript and stays.
fn leave_out_bundles(web: &Path, dist: &Path) -> Outcome<()> {
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name != "atlaas.css") {
            fs::remove_file(path)?;
        }
    }
    fs::copy(web.join("src").join(ELEMENT), dist.join(ELEMENT))?;
    Ok(())
}

/// Writes `assets.rs`: one entry a file, with its compressed forms and a digest in its address.
fn write_table(dist: &Path) -> Outcome<()> {
    let mut names: Vec<String> = fs::read_dir(dist)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Outcome<_>>()?;
    names.retain(|name| {
        [".js", ".css", ".txt", ".pbf"]
            .iter()
            .any(|end| name.ends_with(end))
    });
    names.sort();
    let mut table = String::from("&[\n");
    for name in &names {
        let path = dist.join(name);
        let digest = fnv1a(&fs::read(&path)?);
        let (stem, extension) = name.split_once('.').ok_or("an asset needs an extension")?;
        let include = |path: &Path| format!("include_bytes!(r\"{}\")", path.display());
        let form = |suffix: &str| {
            let packed = dist.join(format!("{name}.{suffix}"));
            if packed.exists() {
                format!("Some({})", include(&packed))
            } else {
                "None".to_owned()
            }
        };
        writeln!(
            table,
            "Asset {{ name: {name:?}, file: \"{stem}-{digest:016x}.{extension}\", tag: \"{digest:016x}\", \
             plain: {}, brotli: {}, gzip: {} }},",
            include(&path),
            form("br"),
            form("gz"),
        )?;
    }
    table.push(']');
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("assets.rs"), table)?;
    Ok(())
}

/// FNV-1a, 64 bits: tells one version of our own files from another, nothing more.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
