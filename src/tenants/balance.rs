//! What a tenant's balance says about a top-up: `GET /api/partner/tenant/info`.

use serde::Serialize;
use tsify::Tsify;

use super::{find, get};
use crate::call::Connection;
use crate::error::{Failed, Kind, KnownBalance, Mismatch};
use crate::js::{field, type_name};
use crate::settings::CallOptions;

/// What the server's books say about a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Applied,
    NotApplied,
    AppliedMoreThanOnce,
    Inconclusive,
}

/// The balance of the tenant with this e-mail address; nothing when there is none.
pub async fn of(connection: &Connection, email: &str, options: &CallOptions) -> Result<Option<KnownBalance>, Failed> {
    let mut found = find::by_email(connection, email, options).await?;
    let ambiguous = |actual| {
        let mismatch = Mismatch::new("one tenant with this e-mail address", actual).under("payload.items");
        Failed::from(Kind::Protocol(mismatch))
    };
    let id = match (found.ids.pop(), found.ids.is_empty()) {
        (Some(id), true) => id,
        (Some(_), false) => return Err(ambiguous("several")),
        (None, _) if found.incomplete => return Err(ambiguous("tenants without an address")),
        (None, _) => return Ok(None),
    };
    let balance = now(connection, &id, options).await?;
    Ok(Some(KnownBalance { id, balance }))
}

/// The balance of the tenant with this id.
pub async fn now(connection: &Connection, id: &str, options: &CallOptions) -> Result<f64, Failed> {
    let Some(call) = get::by_id(id) else {
        return Err(Kind::Protocol(Mismatch::new("a plain id", "another one").under("payload.items[0].id")).into());
    };
    let reply = connection.run(call, options).await?;
    let balance = field(&reply.payload, "balance");
    balance.as_f64().ok_or_else(|| {
        let mismatch = Mismatch::new("number", type_name(&balance)).under("payload.balance");
        reply.into_failure(Kind::Protocol(mismatch))
    })
}

/// What the difference says. Calls that are charged and top-ups by others change the balance too, so only a whole multiple
/// of the amount says anything.
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
    fn only_whole_multiples_say_anything() {
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
