//! What the purchases of packages and numbers share: the fields of the request, and the payment.

use axum::response::Response;
use serde::Serialize;

use crate::{
    auth::PartnerId,
    body::Fields,
    clock::MONTH,
    envelope::{ErrorCode, success},
    store::{Item, Purchase, Store, Tenant},
};

const MIN_MONTHS: i64 = 6;
/// In UTF-16 units. The documentation gives the purchase of a number no minimum.
pub const MIN_NOTE: usize = 10;

/// The documentation does not describe the payload, so this one is invented.
#[derive(Serialize)]
struct Receipt<'a> {
    email: &'a str,
    #[serde(flatten)]
    purchase: &'a Purchase,
    /// The partner's balance after the purchase.
    balance: i64,
}

pub struct Order<'a> {
    pub email: &'a str,
    months: i64,
    note: &'a str,
}

impl<'a> Order<'a> {
    pub fn read(fields: &'a Fields, months: &str, too_few: ErrorCode, min_note: usize) -> Result<Self, ErrorCode> {
        Ok(Self {
            email: fields.required_text("email")?,
            months: fields.integer_from(MIN_MONTHS, months, too_few)?,
            note: fields.text_from(min_note, "note", ErrorCode::NoteIsRequired, ErrorCode::NoteTooShort)?,
        })
    }

    /// The end of the ordered months. The price of a paid order keeps their number small enough for a date.
    pub fn end(&self, start: i64) -> i64 {
        start + self.months * MONTH
    }

    /// Takes the price from the partner's balance and records the purchase. Returns the tenant, for the changes that
    /// the purchase makes, and the response. After an error nothing has changed.
    pub fn pay<'s>(
        &self,
        store: &'s mut Store,
        partner: PartnerId,
        item: Item,
        (setup, monthly): (i64, i64),
        at: i64,
    ) -> Result<(&'s mut Tenant, Response), ErrorCode> {
        let price = monthly.saturating_mul(self.months).saturating_add(setup);
        let (tenant, balance) = store.account(partner, self.email)?;
        if price > *balance {
            return Err(ErrorCode::BalanceNotEnough);
        }
        *balance -= price;
        let purchase = Purchase { item, months: self.months, price, note: self.note.to_owned(), at };
        let response = success(Receipt { email: &tenant.email, purchase: &purchase, balance: *balance });
        tenant.purchases.push(purchase);
        Ok((tenant, response))
    }
}
