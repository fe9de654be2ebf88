//! Texts in English and Vietnamese.

use serde::Serialize;
use tsify::Tsify;

/// The language of error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Vi,
}

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub en: &'static str,
    pub vi: &'static str,
}

impl Language {
    pub fn pick(self, text: &Text) -> &'static str {
        match self {
            Language::En => text.en,
            Language::Vi => text.vi,
        }
    }
}
