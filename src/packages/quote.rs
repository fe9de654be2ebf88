//! What a package will cost. Sends nothing.

use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::model::PackageOffer;
use crate::quote::{Months, Quote, Quoted, quote};
use crate::validation::params::{field, params};
use crate::validation::types::Param;
use crate::validation::{FieldReader, Issues};

params! {
    /// For which package, and for how long.
    #[derive(Debug, Tsify)]
    PackageQuoteParams
    required {
        /// An item of {@link Packages.list}.
        package: OfferedPackage = "PackageOffer", "The package", "Gói dịch vụ";
        /// At least 6.
        months: Months = "number", "The number of months", "Số tháng";
        /// `"upgrade"`: the setup fee and the fee of each month; `"extend"`: the fee of each month.
        kind: Kind = "\"upgrade\" | \"extend\"", "The kind of purchase", "Loại giao dịch";
    }
}

/// A package with checked prices.
#[derive(Debug)]
pub struct OfferedPackage(JsValue);

impl Param for OfferedPackage {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        reader.checked(PackageOffer::check).map(Self)
    }
}

#[derive(Debug)]
pub enum Kind {
    Upgrade,
    Extend,
}

impl Param for Kind {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        match reader.value.as_string().as_deref() {
            Some("upgrade") => Some(Self::Upgrade),
            Some("extend") => Some(Self::Extend),
            _ => reader.not_one_of("\"upgrade\", \"extend\""),
        }
    }
}

impl Quoted for PackageQuoteParams {
    fn quote(&self, issues: &mut Issues) -> Quote {
        let field = field!(package, "The package", "Gói dịch vụ");
        let monthly = ("fee_holds", self.months.0 as i64);
        match self.kind {
            Kind::Upgrade => quote(&self.package.0, &[("fee_setups", 1), monthly], field, issues),
            Kind::Extend => quote(&self.package.0, &[monthly], field, issues),
        }
    }
}
