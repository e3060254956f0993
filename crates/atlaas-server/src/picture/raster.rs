//! SVG to PNG, with the fonts of the machine; without any, the picture has no text.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    /// Our own document does not parse: a mistake in drawing.
    #[error("the drawn document is not readable: {0}")]
    Parse(#[from] resvg::usvg::Error),
    /// No memory for so many pixels.
    #[error("no picture of {0} by {1} pixels can be made")]
    Size(f32, f32),
    /// The encoder failed.
    #[error("the picture cannot be encoded: {0}")]
    Encode(String),
}

/// Draws a document at its own size.
pub fn png(document: &str) -> Result<Vec<u8>, RasterError> {
    let options = Options {
        fontdb: fonts(),
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(document, &options)?;
    let size = tree.size().to_int_size();
    let failed = || RasterError::Size(tree.size().width(), tree.size().height());
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(failed)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| RasterError::Encode(error.to_string()))
}

/// The machine's fonts, read once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let read = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_system_fonts();
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(read))
}

#[cfg(test)]
mod tests {
    use super::png;

    #[test]
    fn a_document_becomes_a_picture_of_its_size() {
        let document = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><rect width='9' height='9'/></svg>";
        let image = png(document).unwrap();
        assert_eq!(&image[1..4], b"PNG");
        assert_eq!((image[19], image[23]), (30, 20));
        assert!(png("nonsense").is_err());
    }
}
