//! What the purchases of packages and numbers share: their parameters, and what the server's data says about them.

use std::rc::Rc;

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::config::CallOptions;
use crate::error::{Result, Text};
use crate::platform::guarded::field as read;
use crate::tenants::params::Email;
use crate::tenants::payment::{self, Payment, PaymentParams, State};
use crate::tenants::reconcile::{Evidence, Outcome, PurchaseState};
use crate::transport::ApiRequest;
use crate::validation::params::{Params, field, params};
use crate::validation::types::{Param, newtypes};
use crate::validation::{FieldReader, Issues, REQUEST_INVALID, rules};

/// In UTF-16 units.
pub const MIN_NOTE_LENGTH: usize = 10;

newtypes! {
    /// What the server lists under this name: the code of a package, or a phone number.
    ListedName(String);
    /// The note of a package's purchase.
    Note(String);
    /// A note without a minimum.
    ShortNote(String);
}

impl Param for ListedName {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let name = reader.text(REQUEST_INVALID)?;
        match rules::hidden(&reader.original()) {
            Some(hidden) => reader.hidden(REQUEST_INVALID, hidden),
            None => Some(Self(name)),
        }
    }
}

impl Param for Note {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let note = reader.text(REQUEST_INVALID)?;
        if rules::utf16_len(&note) >= MIN_NOTE_LENGTH {
            return Some(Self(note));
        }
        reader.invalid(&Text { en: "must have at least 10 characters", vi: "phải có ít nhất 10 ký tự" })
    }
}

impl Param for ShortNote {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        reader.text(REQUEST_INVALID).map(Self)
    }
}

params! {
    /// Options of {@link Packages.upgrade}, {@link Packages.extend} and {@link Numbers.buy}.
    #[derive(Debug, Tsify)]
    PurchaseOptions
    extends { call: CallOptions }
    optional {
        /// Reads the tenant and the partner's balance before the purchase and after it: the receipt has both as `evidence`, and
        /// `reconcile()` can tell the outcome of a purchase whose response was lost. When they cannot be read before, nothing is
        /// bought; when the server refuses the purchase and the tenant's package or numbers have changed all the same, or cannot be read, the outcome is
        /// unknown.
        ///
        /// @defaultValue false
        recordEvidence: bool = "boolean | undefined";
    }
}

/// A purchase that the server confirmed.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct PurchaseReceipt {
    /// The server's response; the provider does not document it.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(type = "unknown")]
    pub payload: JsValue,
    /// With `recordEvidence`; absent when the data could not be read after the purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub evidence: Option<PurchaseEvidence>,
}

/// What the server showed before and after a purchase.
#[derive(Debug, Clone, Serialize, Tsify)]
pub struct PurchaseEvidence {
    /// Before the purchase was sent.
    pub before: PurchaseState,
    /// After the server confirmed it.
    pub after: PurchaseState,
    /// The result of comparing both. `"inconclusive"` also when the server does not show the purchase yet: it did confirm it.
    pub outcome: Outcome,
}

/// What a tenant has of that which a purchase is for: its package, or one of its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// `None` for a number that it does not have.
    pub name: Option<String>,
    /// Epoch ms.
    pub expires: Option<f64>,
    /// How many numbers it has; 0 for a package.
    pub numbers: u32,
}

/// The parameters of a purchase.
pub trait Purchase: Params + Serialize + Clone + 'static {
    /// As errors name it.
    const OPERATION: &'static str;
    const PATH: &'static str;

    fn email(&self) -> &Email;
    fn with_email(self, email: Email) -> Self;
    /// `None` where the server does not show it.
    fn holding(&self, tenant: &JsValue) -> Option<Holding>;
    /// What two holdings say. `at` is when the purchase was made: epoch ms.
    fn judge(&self, before: &Holding, after: &Holding, at: f64) -> Outcome;
}

impl<P: Purchase> PaymentParams for P {
    fn operation(&self) -> &'static str {
        P::OPERATION
    }

    fn path(&self) -> &'static str {
        P::PATH
    }

    fn email(&self) -> &str {
        &Purchase::email(self).0
    }

    fn request(&self, request: ApiRequest) -> Result<ApiRequest> {
        request.json(self)
    }

    fn key(&self) -> Result<String> {
        payment::key(&self.clone().with_email(Purchase::email(self).folded()))
    }

    fn outcome(&self, before: &State, after: &State) -> Outcome {
        let holdings = self.holding(&before.tenant).zip(self.holding(&after.tenant));
        let judged = holdings.map_or(Outcome::Inconclusive, |(old, new)| self.judge(&old, &new, before.read_at));
        with_balances(judged, partner_balance(before), partner_balance(after))
    }

    fn has_changed(&self, before: &State, after: &State) -> bool {
        // What the server shows only now has changed too.
        self.holding(&before.tenant) != self.holding(&after.tenant)
    }

    fn evidence(&self, before: Option<&State>, after: Option<&State>) -> Evidence {
        evidence(before, after)
    }

    fn receipt(&self, payload: JsValue, states: Option<(&State, &State)>) -> Result {
        receipt(payload, states.map(|(before, after)| (before, after, self.outcome(before, after))))
    }
}

pub fn read_purchase<P: Purchase>(params: &JsValue, options: &JsValue, issues: &mut Issues) -> Option<Payment> {
    let params = P::read_required(params, field!(params), payment::MISSING, issues);
    let options = PurchaseOptions::read_optional(options, field!(options), issues)?;
    let is_recorded = options.recordEvidence.unwrap_or_default();
    Some(Payment { params: Rc::new(params?), options: options.call, is_recorded })
}

/// The tenant's service package. Without its expiry, it would not show a purchase of the same package.
pub fn package_of(tenant: &JsValue) -> Option<Holding> {
    let package = read(tenant, "service_package");
    let name = read(&package, "code_name").as_string()?;
    let expires = read(&package, "expiry_date").as_f64()?;
    Some(Holding { name: Some(name), expires: Some(expires), numbers: 0 })
}

fn evidence(before: Option<&State>, after: Option<&State>) -> Evidence {
    Evidence { before: before.map(shown), after: after.map(shown), ..Evidence::default() }
}

fn receipt(payload: JsValue, states: Option<(&State, &State, Outcome)>) -> Result {
    let evidence = states.map(|(before, after, outcome)| PurchaseEvidence {
        before: shown(before),
        after: shown(after),
        outcome: payment::confirmed(outcome),
    });
    payment::object(&PurchaseReceipt { payload, evidence })
}

/// How often these months have been added to the expiry of a package, counted from each of these starts. The provider does not say
/// from which one it counts: where they contradict each other, nothing is certain.
pub fn months_added(starts: [f64; 2], end: f64, months: f64) -> Outcome {
    match starts.map(|start| of_time(end - start, months)) {
        [one, other] if one == other => one,
        [Outcome::Inconclusive, outcome] | [outcome, Outcome::Inconclusive] => outcome,
        _ => Outcome::Inconclusive,
    }
}

/// How often these months fit into a time, by the calendar or with 30 days each.
fn of_time(ms: f64, months: f64) -> Outcome {
    const DAY: f64 = 86_400_000.0;
    /// The calendar's months differ from their mean by up to two days in all, and time zones by one.
    const CALENDAR: (f64, f64) = (30.4375, 3.0);
    const THIRTY: (f64, f64) = (30.0, 1.5);
    /// In five years both ways to count differ by almost a month.
    const MAX_MONTHS: f64 = 60.0;
    let days = ms / DAY;
    let times = (days / (30.2 * months)).round();
    let bought = times * months;
    let fits = |(length, tolerance): (f64, f64)| (days - bought * length).abs() <= tolerance;
    let is_whole = fits(CALENDAR) || bought <= MAX_MONTHS && fits(THIRTY);
    match times {
        1.0 if is_whole => Outcome::Applied,
        2.0.. if is_whole => Outcome::AppliedMoreThanOnce,
        _ => Outcome::Inconclusive,
    }
}

/// Where the tenant has what it had before, nothing was bought only if the partner's balance is the same too.
fn with_balances(judged: Outcome, before: Option<f64>, after: Option<f64>) -> Outcome {
    let is_paid = before.is_none() || before != after;
    if judged == Outcome::NotApplied && is_paid { Outcome::Inconclusive } else { judged }
}

fn partner_balance(state: &State) -> Option<f64> {
    read(&state.partner, "balance").as_f64()
}

fn shown(state: &State) -> PurchaseState {
    PurchaseState {
        service_package: read(&state.tenant, "service_package"),
        public_numbers: read(&state.tenant, "public_numbers"),
        partner_balance: partner_balance(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_was_bought_only_where_the_partners_balance_is_known_and_the_same() {
        let cases = [
            ((Some(5.0), Some(5.0)), Outcome::NotApplied),
            ((Some(5.0), Some(4.0)), Outcome::Inconclusive),
            ((Some(5.0), None), Outcome::Inconclusive),
            ((None, None), Outcome::Inconclusive),
        ];
        for ((before, after), expected) in cases {
            assert_eq!(with_balances(Outcome::NotApplied, before, after), expected, "{before:?} {after:?}");
            assert_eq!(with_balances(Outcome::Applied, before, after), Outcome::Applied);
        }
    }
}
