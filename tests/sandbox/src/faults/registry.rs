//! The defined faults, and how often each was injected.

use std::sync::Mutex;

use serde::Serialize;
use serde_json::Value;
use tsify::Tsify;

use crate::{
    app::lock,
    faults::{
        definition::{FaultDefinition, FaultEndpoint},
        kind::Fault,
        sample::is_list,
    },
};

/// All faults, oldest first.
#[derive(Default)]
pub struct Faults(Mutex<Vec<RegisteredFault>>);

struct RegisteredFault {
    definition: FaultDefinition,
    injected: u64,
}

/// A fault and how often it was injected.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct FaultReport {
    /// The requests that get it.
    endpoint: FaultEndpoint,
    /// Whether the endpoint is executed before the fault.
    effect: bool,
    /// The kind, with its parameters.
    #[tsify(type = "FaultKind")]
    fault: Value,
    /// How often it was injected.
    #[serde(rename = "struck")]
    injected: u64,
    /// How often it will still be injected.
    /// `null` without a limit.
    left: Option<u64>,
}

/// A fault to inject into a request.
pub struct ActiveFault {
    pub kind: String,
    pub fault: Fault,
    pub effect: bool,
}

impl RegisteredFault {
    fn left(&self) -> Option<u64> {
        self.definition.count.map(|count| count - self.injected)
    }

    fn applies(&self, endpoint: &str) -> bool {
        let FaultDefinition { endpoint: wanted, fault, .. } = &self.definition;
        self.left() != Some(0)
            && (*wanted == FaultEndpoint::Any || wanted.as_str() == endpoint)
            && (is_list(endpoint) || !fault.is_for_lists())
    }

    fn report(&self) -> FaultReport {
        FaultReport {
            endpoint: self.definition.endpoint,
            effect: self.definition.effect,
            fault: self.definition.source.clone(),
            injected: self.injected,
            left: self.left(),
        }
    }
}

impl Faults {
    pub fn add(&self, definition: FaultDefinition) -> FaultReport {
        let registered = RegisteredFault { definition, injected: 0 };
        let report = registered.report();
        lock(&self.0).push(registered);
        report
    }

    /// Returns the fault for a request that has arrived, and counts it as injected.
    pub fn take(&self, endpoint: &str) -> Option<ActiveFault> {
        let mut faults = lock(&self.0);
        let registered = faults.iter_mut().find(|registered| registered.applies(endpoint))?;
        registered.injected += 1;
        let FaultDefinition { kind, fault, effect, .. } = &registered.definition;
        Some(ActiveFault { kind: kind.clone(), fault: fault.clone(), effect: *effect })
    }

    /// All faults, including those that are used up.
    pub fn list(&self) -> Vec<FaultReport> {
        lock(&self.0).iter().map(RegisteredFault::report).collect()
    }

    pub fn clear(&self) -> usize {
        lock(&self.0).drain(..).count()
    }
}
