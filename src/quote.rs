//! What an offer will cost, from its listed prices. Sends nothing.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::decimal::Decimal;
use crate::error::Text;
use crate::platform::guarded;
use crate::validation::params::Params;
use crate::validation::types::{Param, newtypes};
use crate::validation::{Field, FieldReader, Issues, REQUEST_INVALID};

/// No shorter time is sold.
pub const MIN_MONTHS: u32 = 6;

/// What an offer costs.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Quote {
    /// One price for each currency in which all of the offer's fees are listed.
    pub prices: Vec<QuotedPrice>,
}

/// The total in one currency.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct QuotedPrice {
    /// Currency code.
    pub currency: String,
    /// The total, in `currency`, exact to the digits of the listed prices, up to 15 digits.
    pub price: f64,
}

newtypes! {
    /// For how long something is bought.
    Months(f64);
}

impl Param for Months {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        if reader.is_empty_number() {
            return reader.not_entered(REQUEST_INVALID);
        }
        reader.integer(MIN_MONTHS).map(Self)
    }
}

/// The parameters of a quote.
pub trait Quoted: Params {
    /// Adds an issue where the offer has no list price.
    fn quote(&self, issues: &mut Issues) -> Quote;
}

/// `fees` are the fields of a checked offer that list a fee, and how many times each fee is paid.
pub fn quote(offer: &JsValue, fees: &[(&str, i64)], field: &Field, issues: &mut Issues) -> Quote {
    let mut prices = Vec::new();
    for item in listed(offer, fees.first().map_or("", |(name, _)| name)) {
        let Some(currency) = guarded::field(&item, "currency").as_string() else {
            continue;
        };
        if prices.iter().any(|quoted: &QuotedPrice| quoted.currency == currency) {
            continue;
        }
        if let Some(price) = total(offer, fees, &currency) {
            prices.push(QuotedPrice { currency, price });
        }
    }
    if prices.is_empty() {
        let text = &Text { en: "has no list price", vi: "không có giá niêm yết" };
        issues.add(field, REQUEST_INVALID, issues.language.pick(text));
    }
    Quote { prices }
}

/// `None` where one of the fees is not listed in this currency, or the total is not a finite number.
fn total(offer: &JsValue, fees: &[(&str, i64)], currency: &str) -> Option<f64> {
    let is_wanted = |item: &JsValue| guarded::field(item, "currency").as_string().as_deref() == Some(currency);
    let mut exact = Some(Decimal { digits: 0, scale: 0 });
    let mut nearest = 0.0;
    for &(name, times) in fees {
        let price = guarded::field(&listed(offer, name).into_iter().find(is_wanted)?, "price").as_f64()?;
        exact = exact.and_then(|sum| sum.plus(Decimal::of(price)?.times(times)?));
        nearest += price * times as f64;
    }
    // Of more digits than a decimal has, the last ones are not exact.
    let total = exact.and_then(Decimal::to_f64).unwrap_or(nearest);
    total.is_finite().then_some(total)
}

/// The items of a field of a checked offer.
fn listed(offer: &JsValue, name: &str) -> Vec<JsValue> {
    guarded::list(offer, name).map(|items| items.to_vec()).unwrap_or_default()
}
