//! A PostgreSQL of Debian with PostGIS, in a cluster of its own that ends with the bench: the same
//! documents as a snapshot, French full text without accents, and the same queries.

use crate::search_mix::Asked;
use atlaas_engine::Snapshot;
use atlaas_model::{Code, Facet, Fiche, Level};
use postgres::{Client, NoTls, Statement, types::ToSql};
use std::{
    collections::HashMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Text search, tables and indexes as its manuals advise for this use.
const SCHEMA: &str = "
    create extension postgis;
    create extension unaccent;
    create text search configuration sans_accents (copy = french);
    alter text search configuration sans_accents
        alter mapping for hword, hword_part, word with unaccent, french_stem;
    create table fiches (
        doc int primary key, kind text, name text, body text, places text, enjeu text[],
        region text, departement text, annee int, longitude float8, latitude float8,
        words tsvector, place geography(point));
";
const INDEXES: &str = "
    update fiches set
        words = setweight(to_tsvector('sans_accents', name), 'A')
            || setweight(to_tsvector('sans_accents', body || ' ' || places), 'B'),
        place = st_makepoint(longitude, latitude)::geography;
    create index on fiches using gin (words);
    create index on fiches using gin (enjeu);
    create index on fiches using gist (place);
    create index on fiches (region);
    vacuum full analyze fiches;
";

/// A running cluster; it is stopped and its files removed when dropped.
pub struct Cluster {
    programs: PathBuf,
    directory: tempfile::TempDir,
}

/// The directory of the programs of the newest PostgreSQL that Debian has here.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let bins = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    bins.filter(|bin| bin.join("initdb").exists()).max()
}

impl Cluster {
    /// Starts one; `None` when PostgreSQL is not installed.
    pub fn start() -> Result<Option<Self>, Failure> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let directory = tempfile::tempdir()?;
        let cluster = Self {
            programs,
            directory,
        };
        cluster.own()?;
        let data = cluster.data();
        cluster.run(
            "initdb",
            &["-D", &data, "-U", "banc", "-A", "trust", "-E", "UTF8", "-N"],
        )?;
        let options = format!(
            "-k {} -c listen_addresses= -c shared_buffers=512MB -c work_mem=32MB -c jit=off \
             -c fsync=off -c max_parallel_workers_per_gather=0",
            cluster.path().display()
        );
        let log = cluster.path().join("log").display().to_string();
        cluster.run(
            "pg_ctl",
            &["-D", &data, "-w", "-l", &log, "-o", &options, "start"],
        )?;
        Ok(Some(cluster))
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn data(&self) -> String {
        self.path().join("data").display().to_string()
    }

    /// PostgreSQL refuses to run as root: the cluster is then that of the user `postgres`.
    fn own(&self) -> Result<(), Failure> {
        if rustix::process::geteuid().is_root() {
            let path = self.path();
            let changed = Command::new("chown").arg("postgres").arg(path).status()?;
            if !changed.success() {
                return Err("there is no user postgres".into());
            }
        }
        Ok(())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), Failure> {
        let path = self.programs.join(program);
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        let ended = command
            .args(arguments)
            .current_dir(self.path())
            .stdout(Stdio::null())
            .status()?;
        if ended.success() {
            Ok(())
        } else {
            Err(format!("{program} failed").into())
        }
    }

    /// A connection.
    pub fn connect(&self) -> Result<Client, Failure> {
        let address = format!("host={} user=banc dbname=postgres", self.path().display());
        Ok(Client::connect(&address, NoTls)?)
    }

    /// The process that all others of the cluster descend from.
    pub fn pid(&self) -> Option<u32> {
        let file = fs::read_to_string(self.path().join("data/postmaster.pid")).ok()?;
        file.lines().next()?.trim().parse().ok()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // What fails here leaves a process that the system's tools can stop.
        let _ = self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]);
    }
}

/// Fills the tables with the fiches of a snapshot and indexes them.
pub fn fill(client: &mut Client, snapshot: &Snapshot) -> Result<(), Failure> {
    client.batch_execute(SCHEMA)?;
    let copy = "copy fiches (doc, kind, name, body, places, enjeu, region, departement, annee, \
                longitude, latitude) from stdin";
    let mut writer = client.copy_in(copy)?;
    for (fiche, doc) in snapshot.catalogue().fiches().iter().zip(0_u32..) {
        writeln!(writer, "{doc}\t{}", row(snapshot, fiche))?;
    }
    writer.finish()?;
    for statement in INDEXES.split(';').filter(|text| !text.trim().is_empty()) {
        client.batch_execute(statement)?;
    }
    Ok(())
}

/// The other columns of a row as `copy` reads them.
fn row(snapshot: &Snapshot, fiche: &Fiche) -> String {
    let names = [
        Level::Commune,
        Level::Epci,
        Level::Departement,
        Level::Region,
    ];
    let places: Vec<&str> = names
        .into_iter()
        .filter_map(|kind| {
            let code = fiche.territory.at(kind)?;
            snapshot.catalogue().territory_name(kind, code)
        })
        .collect();
    let code = |code: Option<Code>| code.map_or("\\N".to_owned(), |code| code.to_string());
    let number = |value: Option<f64>| value.map_or("\\N".to_owned(), |value| value.to_string());
    let position = fiche.position;
    [
        fiche.kind.to_string(),
        plain(&fiche.name),
        plain(&fiche.text),
        plain(&places.join(" ")),
        format!("{{{}}}", fiche.slugs(Facet::column("enjeu")).join(",")),
        code(fiche.territory.region),
        code(fiche.territory.departement),
        fiche
            .year()
            .map_or("\\N".to_owned(), |year| year.to_string()),
        number(position.map(atlaas_model::Position::longitude)),
        number(position.map(atlaas_model::Position::latitude)),
    ]
    .join("\t")
}

fn plain(text: &str) -> String {
    text.replace(['\\', '\t', '\n', '\r'], " ")
}

/// Asks one connection, with a prepared statement for each shape of query.
pub struct Asker {
    client: Client,
    statements: HashMap<[bool; 4], Statement>,
}

impl Asker {
    /// Asks through this connection.
    pub fn new(client: Client) -> Self {
        let statements = HashMap::new();
        Self { client, statements }
    }

    /// How many fiches match; the first 20 and the counts of five facets are read and dropped.
    pub fn ask(&mut self, asked: &Asked) -> Result<i64, Failure> {
        let shape = [
            !asked.words.is_empty(),
            asked.enjeu.is_some(),
            asked.region.is_some(),
            asked.around.is_some(),
        ];
        let statement = if let Some(statement) = self.statements.get(&shape) {
            statement.clone()
        } else {
            let statement = self.client.prepare(&sql(shape))?;
            self.statements.insert(shape, statement.clone());
            statement
        };
        let centre = asked.around.map(|(centre, km)| {
            let metres = km * 1000.0;
            (centre.longitude(), centre.latitude(), metres)
        });
        let mut values: Vec<&(dyn ToSql + Sync)> = Vec::new();
        if shape[0] {
            values.push(&asked.words);
        }
        values.extend(asked.enjeu.iter().map(|slug| slug as &(dyn ToSql + Sync)));
        values.extend(asked.region.iter().map(|code| code as &(dyn ToSql + Sync)));
        if let Some((longitude, latitude, metres)) = &centre {
            values.extend([longitude as &(dyn ToSql + Sync), latitude, metres]);
        }
        let row = self.client.query_one(&statement, &values)?;
        let body: String = row.get(1);
        if body.is_empty() {
            return Err("an empty answer".into());
        }
        Ok(row.get(0))
    }
}

/// Count, first 20 and facets of a shape of query, in one statement.
fn sql([words, enjeu, region, around]: [bool; 4]) -> String {
    let mut next = 0;
    let mut parameter = |kind: &str| {
        next += 1;
        format!("${next}::{kind}")
    };
    let query = format!("plainto_tsquery('sans_accents', {})", {
        if words {
            parameter("text")
        } else {
            "''".to_owned()
        }
    });
    let mut conditions = Vec::new();
    if words {
        conditions.push(format!("words @@ {query}"));
    }
    if enjeu {
        conditions.push(format!("enjeu @> array[{}]", parameter("text")));
    }
    if region {
        conditions.push(format!("region = {}", parameter("text")));
    }
    if around {
        let point = format!(
            "st_makepoint({}, {})",
            parameter("float8"),
            parameter("float8")
        );
        conditions.push(format!(
            "st_dwithin(place, {point}::geography, {})",
            parameter("float8")
        ));
    }
    let rank = if words {
        format!("ts_rank(words, {query})")
    } else {
        "1.0".to_owned()
    };
    let facet = |name: &str| {
        format!(
            "'{name}', (select json_object_agg(v, n) from (select coalesce({name}::text, '') v, \
                 count(*) n from m group by 1) f)"
        )
    };
    let facets = ["kind", "region", "departement", "annee"]
        .map(facet)
        .join(", ");
    format!(
        "with m as materialized (select doc, kind, enjeu, region, departement, annee, {rank} as r \
         from fiches where {}) \
         select (select count(*) from m), json_build_object('hits', (select json_agg(h) from (select \
         f.doc, f.kind, f.name, f.body, f.places, f.longitude, f.latitude, m.r from m join fiches f \
         using (doc) order by m.r desc, m.doc limit 20) h), {facets}, 'enjeu', (select \
         json_object_agg(v, n) from (select unnest(enjeu) v, count(*) n from m group by 1) f))::text",
        conditions.join(" and ")
    )
}
