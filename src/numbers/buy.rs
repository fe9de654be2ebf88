//! `POST /api/partner/public_number/buy`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::platform::guarded::{field, list};
use crate::purchase::{Holding, ListedName, Purchase, ShortNote};
use crate::quote::Months;
use crate::tenants::params::Email;
use crate::tenants::reconcile::Outcome;
use crate::validation::params::params;

params! {
    /// A phone number for a tenant. Its price is the fee of each month: see {@link Numbers.quote}.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
    BuyNumberParams
    required {
        /// The owner's e-mail address.
        email: Email = "string", "The e-mail address", "Email";
        /// `number` of a {@link NumberOffer}.
        number: ListedName = "string", "The phone number", "Đầu số";
        /// For how many months: an integer, 6 at least.
        number_count: Months = "number", "The number of months", "Số tháng";
        /// What the purchase is for.
        note: ShortNote = "string", "The note", "Ghi chú";
    }
}

impl Purchase for BuyNumberParams {
    const OPERATION: &'static str = "numbers.buy";
    const PATH: &'static str = "/api/partner/public_number/buy";

    fn email(&self) -> &Email {
        &self.email
    }

    fn with_email(self, email: Email) -> Self {
        Self { email, ..self }
    }

    fn holding(&self, tenant: &JsValue) -> Option<Holding> {
        let numbers = list(tenant, "public_numbers")?;
        let found = numbers.iter().find(|item| field(item, "number").as_string().as_ref() == Some(&self.number.0));
        let expires = found.as_ref().and_then(|item| field(item, "expire_date").as_f64());
        Some(Holding { name: found.map(|_| self.number.0.clone()), expires, numbers: numbers.length() })
    }

    /// A number that the tenant had before says nothing. One that it got may be this one in another spelling.
    fn judge(&self, before: &Holding, after: &Holding, _: f64) -> Outcome {
        match (&before.name, &after.name) {
            (None, Some(_)) => Outcome::Applied,
            (None, None) if before.numbers == after.numbers => Outcome::NotApplied,
            _ => Outcome::Inconclusive,
        }
    }
}
