//! `POST /api/partner/service_package/extend`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::purchase::{Holding, Note, Purchase, package_of};
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
        // An expired package is extended from the day of the purchase.
        let start = before.expires.filter(|_| before.name == after.name).map(|expires| expires.max(at));
        start.zip(after.expires).map_or(Outcome::Inconclusive, |(start, end)| of_time(end - start, self.month_num.0))
    }
}

/// How often these months fit into a time, whatever the lengths of the months are.
fn of_time(ms: f64, months: f64) -> Outcome {
    const DAY: f64 = 86_400_000.0;
    const MEAN_MONTH: f64 = 30.44;
    let days = ms / DAY;
    let times = (days / (MEAN_MONTH * months)).round();
    let bought = times * months;
    let is_whole = bought * 28.0 <= days && days <= bought * 31.0;
    match times {
        1.0 if is_whole => Outcome::Applied,
        2.0.. if is_whole => Outcome::AppliedMoreThanOnce,
        _ => Outcome::Inconclusive,
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
        let holding = |(name, days): (&str, f64)| Holding { name: Some(name.into()), expires: Some(days * DAY) };
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
            // Expired on day 20, extended on day 100.
            (20.0, 100.0 + 182.0, 6.0, Outcome::Applied),
            (20.0, 20.0 + 182.0, 6.0, Outcome::Inconclusive),
        ] {
            assert_eq!(judge(("omi_pro", before), ("omi_pro", after), months), expected, "{before} {after} {months}");
        }
        assert_eq!(judge(("omi_start", 400.0), ("omi_pro", 581.0), 6.0), Outcome::Inconclusive);
    }
}
