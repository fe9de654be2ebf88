//! What a tenant's balance says about a top-up: `GET /api/partner/tenant/info`.

use std::rc::Rc;

use js_sys::Promise;
use serde::Serialize;
use tsify::Tsify;

use super::{find, get};
use crate::config::CallOptions;
use crate::error::{ErrorKind, Mismatch, Result, Text};
use crate::platform::guarded::{field, type_name};
use crate::transport::{Connection, mutex};
use crate::validation::rules;

/// The endpoint that changes a balance.
pub const PATH: &str = "/api/partner/tenant/update_balance";
/// The same with its method, as errors name it.
pub const ENDPOINT: &str = "POST /api/partner/tenant/update_balance";

/// What the server's data says about a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Applied,
    NotApplied,
    AppliedMoreThanOnce,
    Inconclusive,
}

/// The balance of a tenant at some moment.
#[derive(Debug, Clone)]
pub struct KnownBalance {
    pub tenant_id: String,
    pub balance: f64,
}

/// Runs work while no other work of this browser changes the balance of the tenant with this e-mail address: a second top-up would
/// blur what the balance says about the first one.
pub fn lock(connection: &Rc<Connection>, email: &str, options: CallOptions, work: mutex::Work) -> Promise {
    let lock = mutex::Lock {
        name: ["omicall-partner topUp ", &connection.config.base_url, " ", &email.to_ascii_lowercase()].concat(),
        endpoint: ENDPOINT,
        timeout: &Text {
            en: "Another top-up of this tenant is still running in another tab: wait until it is done, then try again.",
            vi: "Một lệnh nạp tiền khác cho doanh nghiệp này đang chạy ở tab khác: hãy chờ xong rồi thử lại.",
        },
    };
    mutex::run(lock, connection.clone(), options, work)
}

/// The balance of the tenant with this e-mail address; `None` where there is none.
pub async fn by_email(connection: &Connection, email: &str, options: &CallOptions) -> Result<Option<KnownBalance>> {
    let mut found = find::by_email(connection, email, options).await?;
    let ambiguous = |actual| {
        let mismatch = Mismatch::new("one tenant with this e-mail address", actual);
        Err(ErrorKind::Protocol(mismatch.under("payload.items")).into())
    };
    let tenant_id = match (found.ids.pop(), found.ids.is_empty()) {
        (Some(id), true) => id,
        (Some(_), false) => return ambiguous("several"),
        (None, _) if found.is_incomplete => return ambiguous("tenants without an address"),
        (None, _) => return Ok(None),
    };
    let balance = by_id(connection, &tenant_id, options).await?;
    Ok(Some(KnownBalance { tenant_id, balance }))
}

/// The balance of the tenant with this id.
pub async fn by_id(connection: &Connection, id: &str, options: &CallOptions) -> Result<f64> {
    if !rules::is_id(id) {
        let mismatch = Mismatch::new("letters, digits and - _ . :", "another character");
        return Err(ErrorKind::Protocol(mismatch.under("payload.items[0].id")).into());
    }
    let response = connection.execute(get::request(id), options).await?;
    let balance = field(&response.payload, "balance");
    balance.as_f64().ok_or_else(|| {
        let mismatch = Mismatch::new("number", type_name(&balance));
        response.into_error(mismatch.under("payload.balance"))
    })
}

/// What the difference says. Charged calls and top-ups by others change the balance too, so only a multiple of the amount
/// says anything.
pub fn outcome(before: f64, after: f64, amount: f64) -> Outcome {
    let times = (after - before) / amount;
    if times == 0.0 {
        Outcome::NotApplied
    } else if times == 1.0 {
        Outcome::Applied
    } else if times > 1.0 && times.trunc() == times {
        Outcome::AppliedMoreThanOnce
    } else {
        Outcome::Inconclusive
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_multiples_of_the_amount_say_anything() {
        let cases = [
            (0.0, Outcome::NotApplied),
            (10_000.0, Outcome::Applied),
            (20_000.0, Outcome::AppliedMoreThanOnce),
            (110_000.0, Outcome::AppliedMoreThanOnce),
            (9_999.0, Outcome::Inconclusive),
            (10_350.0, Outcome::Inconclusive),
            (-350.0, Outcome::Inconclusive),
            (-10_000.0, Outcome::Inconclusive),
        ];
        for (difference, expected) in cases {
            assert_eq!(outcome(500.0, 500.0 + difference, 10_000.0), expected, "{difference}");
        }
    }
}
