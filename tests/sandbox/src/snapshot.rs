//! The data of a sandbox as a text, from which another sandbox can go on: tenants, balances, numbers, the clock. Tokens, faults and
//! the request log are not part of it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    app::Sandbox,
    auth::PartnerId,
    json,
    random::SeededRng,
    store::{NumberOffer, Store, Tenant},
};

/// Increased when an older sandbox could not read the text.
const VERSION: u32 = 1;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    version: u32,
    advanced: i64,
    random: SeededRng,
    partner_balances: HashMap<PartnerId, i64>,
    numbers: Vec<NumberOffer>,
    tenants: Vec<Tenant>,
}

impl Snapshot {
    pub fn of(sandbox: &Sandbox) -> Self {
        let store = sandbox.store();
        Self {
            version: VERSION,
            advanced: sandbox.clock.advanced(),
            random: store.random.clone(),
            partner_balances: store.partner_balances.clone(),
            numbers: store.numbers.clone(),
            tenants: store.tenants().cloned().collect(),
        }
    }

    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        // Not by way of `serde_json::Value`, which has no integers of 128 bits, as `random` is one.
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let snapshot: Self = serde_path_to_error::deserialize(&mut reader).map_err(|error| json::describe(&error))?;
        reader.end().map_err(|error| error.to_string())?;
        if snapshot.version == VERSION {
            Ok(snapshot)
        } else {
            Err(format!("version: expected {VERSION}, the version of this sandbox"))
        }
    }

    /// Returns the number of tenants.
    pub fn restore(self, sandbox: &Sandbox) -> usize {
        let mut store = Store::new(self.random, self.tenants.len());
        store.numbers = self.numbers;
        store.partner_balances = self.partner_balances;
        for tenant in self.tenants {
            store.add(tenant);
        }
        let count = store.len();
        sandbox.clock.set_advanced(self.advanced);
        *sandbox.store() = store;
        count
    }
}
