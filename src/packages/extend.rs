//! `POST /api/partner/service_package/extend`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::purchase::{Holding, Note, Purchase, months_added, package_of};
use crate::quote::Months;
use crate::tenants::params::Email;
use crate::tenants::reconcile::Outcome;
use crate::validation::params::params;

params! {
    /// More months of a tenant's service package. The price is the fee of each month: see {@link Packages.quote}.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
    ExtendPackageParams
    required {
        /// The owner's e-mail address.
        email: Email = "string", "The e-mail address", "Email";
        /// How many months more: an integer, 6 at least.
        month_num: Months = "number", "The number of months", "Số tháng";
        /// What the purchase is for: 10 characters at least.
        note: Note = "string", "The note", "Ghi chú";
    }
}

impl Purchase for ExtendPackageParams {
    const OPERATION: &'static str = "packages.extend";
    const PATH: &'static str = "/api/partner/service_package/extend";

    fn email(&self) -> &Email {
        &self.email
    }

    fn with_email(self, email: Email) -> Self {
        Self { email, ..self }
    }

    fn holding(&self, tenant: &JsValue) -> Option<Holding> {
        package_of(tenant)
    }

    fn judge(&self, before: &Holding, after: &Holding, at: f64) -> Outcome {
        if before == after {
            return Outcome::NotApplied;
        }
        match (before.expires, after.expires) {
            // An expired package may be extended from its expiry, or from the day of the purchase.
            (Some(start), Some(end)) if before.name == after.name => {
                months_added([start, start.max(at)], end, self.month_num.0)
            }
            _ => Outcome::Inconclusive,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::purchase::Note;

    const DAY: f64 = 86_400_000.0;

    fn judge(before: (&str, f64), after: (&str, f64), months: f64) -> Outcome {
        let params = ExtendPackageParams {
            email: Email("a@b".into()),
            month_num: Months(months),
            note: Note("0123456789".into()),
        };
        let holding =
            |(name, days): (&str, f64)| Holding { name: Some(name.into()), expires: Some(days * DAY), numbers: 0 };
        params.judge(&holding(before), &holding(after), 100.0 * DAY)
    }

    #[test]
    fn the_expiry_says_how_often_it_was_extended() {
        for (before, after, months, expected) in [
            (400.0, 400.0 + 181.0, 6.0, Outcome::Applied),
            (400.0, 400.0 + 184.0, 6.0, Outcome::Applied),
            (400.0, 400.0 + 180.0, 6.0, Outcome::Applied),
            (400.0, 400.0 + 365.0, 6.0, Outcome::AppliedMoreThanOnce),
            (400.0, 400.0 + 365.0, 12.0, Outcome::Applied),
            (400.0, 400.0 + 3652.0, 120.0, Outcome::Applied),
            (400.0, 400.0, 6.0, Outcome::NotApplied),
            (400.0, 400.0 + 30.0, 6.0, Outcome::Inconclusive),
            (400.0, 400.0 + 270.0, 6.0, Outcome::Inconclusive),
            (400.0, 300.0, 6.0, Outcome::Inconclusive),
            // More or fewer months than those that were bought.
            (400.0, 400.0 + 335.0, 12.0, Outcome::Inconclusive),
            (400.0, 400.0 + 700.0, 24.0, Outcome::Inconclusive),
            (400.0, 400.0 + 669.0, 24.0, Outcome::Inconclusive),
            (400.0, 400.0 + 720.0, 24.0, Outcome::Applied),
            (400.0, 400.0 + 731.0, 24.0, Outcome::Applied),
            (400.0, 400.0 + 3409.0, 120.0, Outcome::Inconclusive),
            // Expired on day 20, extended on day 100: from the one or the other.
            (20.0, 100.0 + 182.0, 6.0, Outcome::Applied),
            (20.0, 20.0 + 182.0, 6.0, Outcome::Applied),
            // Twice from the one, or once from the other.
            (-82.0, 100.0 + 182.0, 6.0, Outcome::Inconclusive),
        ] {
            assert_eq!(judge(("omi_pro", before), ("omi_pro", after), months), expected, "{before} {after} {months}");
        }
        assert_eq!(judge(("omi_start", 400.0), ("omi_pro", 581.0), 6.0), Outcome::Inconclusive);
    }
}
