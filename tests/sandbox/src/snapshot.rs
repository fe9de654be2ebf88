//! The data of a sandbox as a text, from which another sandbox can go on: tenants, balances, numbers, the clock. Tokens, faults and
//! the request log are not part of it.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    app::Sandbox,
    auth::PartnerId,
    json,
    random::SeededRng,
    store::{NumberOffer, Store, Tenant, email_key},
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
        snapshot.check()?;
        Ok(snapshot)
    }

    /// What the rest of the sandbox relies on.
    fn check(&self) -> Result<(), String> {
        if self.version != VERSION {
            return Err(format!("version: expected {VERSION}, the version of this sandbox"));
        }
        if self.advanced < 0 {
            return Err("advanced: expected milliseconds of at least 0".to_owned());
        }
        if let Some(partner) = self.partner_balances.keys().find(|partner| !partner.is_known()) {
            return Err(format!("partner_balances: there is no partner {partner:?}"));
        }
        let mut seen = HashSet::new();
        for (index, tenant) in self.tenants.iter().enumerate() {
            if !tenant.partner.is_known() {
                return Err(format!("tenants[{index}].partner: there is no such partner"));
            }
            for (field, value) in
                [("id", tenant.id.clone()), ("email", email_key(&tenant.email)), ("api_key", tenant.api_key.clone())]
            {
                if !seen.insert((field, value)) {
                    return Err(format!("tenants[{index}].{field}: another tenant has the same"));
                }
            }
        }
        Ok(())
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
