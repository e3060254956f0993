//! `geocode`: the rows of a file with the communes that were found, as `POST /search/csv/` answers.

use crate::WrongInput;
use crate::cli::GeocodeArgs;
use crate::inspect::open;
use crate::output::Output;
use crate::settings::Settings;
use anyhow::Context;
use atlaas_server::{GeocodedTable, TableError, TableOrder, Way};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Reads a file, writes its rows with what was found.
pub fn geocode(args: &GeocodeArgs, settings: &Settings, output: &Output) -> anyhow::Result<()> {
    let file = File::open(&args.file)
        .with_context(|| format!("cannot open {}", args.file.display()))
        .map_err(WrongInput::wrap)?;
    let table = GeocodedTable::open(file, &order(args)).map_err(explain)?;
    let snapshot = open(&args.snapshot, settings)?;
    let Some(path) = &args.out else {
        let written = table.write(&snapshot, BufWriter::new(io::stdout().lock()));
        return match written {
            // Whoever reads has seen enough.
            Err(error) if error.is_closed() => Ok(()),
            written => written.map(|_| ()).map_err(explain),
        };
    };
    let out = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut out = BufWriter::new(out);
    let rows = table.write(&snapshot, &mut out).map_err(explain)?;
    out.flush()?;
    output.note(&format!("{rows} rows geocoded."))
}

fn order(args: &GeocodeArgs) -> TableOrder {
    TableOrder {
        way: if args.reverse {
            Way::Reverse
        } else {
            Way::Search
        },
        columns: args.columns.clone(),
        citycode: args.citycode.clone(),
        postcode: args.postcode.clone(),
        lat: args.lat.clone(),
        lon: args.lon.clone(),
        result_columns: args.result_columns.clone(),
        delimiter: args.delimiter.clone(),
        quote: args.quote.clone(),
        encoding: args.encoding.clone(),
        with_bom: args.with_bom,
    }
}

/// What is wrong with the file or with what is asked of it is the asker's to mend.
fn explain(error: TableError) -> anyhow::Error {
    match error {
        TableError::Io(_) | TableError::Csv(_) => error.into(),
        _ => WrongInput::wrap(error),
    }
}
