//! What a number will cost. Sends nothing.

use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::model::NumberOffer;
use crate::quote::{Months, Quote, Quoted, quote};
use crate::validation::params::{field, params};
use crate::validation::types::Param;
use crate::validation::{FieldReader, Issues};

params! {
    /// For which number, and for how long.
    #[derive(Debug, Tsify)]
    NumberQuoteParams
    required {
        /// An item of {@link Numbers.list}.
        number: OfferedNumber = "NumberOffer", "The phone number", "Đầu số";
        /// At least 6.
        months: Months = "number", "The number of months", "Số tháng";
    }
}

/// A number with checked prices.
#[derive(Debug)]
pub struct OfferedNumber(JsValue);

impl Param for OfferedNumber {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        reader.checked(NumberOffer::check).map(Self)
    }
}

impl Quoted for NumberQuoteParams {
    fn quote(&self, issues: &mut Issues) -> Quote {
        let field = field!(number, "The phone number", "Đầu số");
        quote(&self.number.0, &[("maintaining_prices", self.months.0 as i64)], field, issues)
    }
}
