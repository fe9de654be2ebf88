//! The faults that are ordered and not used up yet.

use std::sync::Mutex;

use serde::Serialize;
use serde_json::Value;

use crate::{
    app::lock,
    faults::{
        kind::Fault,
        order::{ANY, Order},
        stand_in::LIST,
    },
};

/// All faults, oldest first.
#[derive(Default)]
pub struct Faults(Mutex<Vec<Planned>>);

struct Planned {
    order: Order,
    struck: u64,
}

/// A fault as it is shown.
#[derive(Serialize)]
pub struct Shown {
    endpoint: String,
    effect: bool,
    fault: Value,
    struck: u64,
    /// `null` for one that strikes for ever.
    left: Option<u64>,
}

/// A fault that applies to a request.
pub struct Struck {
    pub kind: String,
    pub fault: Fault,
    pub effect: bool,
}

impl Planned {
    fn left(&self) -> Option<u64> {
        self.order.count.map(|count| count - self.struck)
    }

    fn applies(&self, endpoint: &str) -> bool {
        let Order { endpoint: wanted, fault, .. } = &self.order;
        self.left() != Some(0) && (wanted == ANY || wanted == endpoint) && (endpoint == LIST || !fault.is_for_lists())
    }

    fn show(&self) -> Shown {
        Shown {
            endpoint: self.order.endpoint.clone(),
            effect: self.order.effect,
            fault: self.order.source.clone(),
            struck: self.struck,
            left: self.left(),
        }
    }
}

impl Faults {
    pub fn add(&self, order: Order) -> Shown {
        let planned = Planned { order, struck: 0 };
        let shown = planned.show();
        lock(&self.0).push(planned);
        shown
    }

    /// The fault for a request that has arrived; it is used up by that.
    pub fn take(&self, endpoint: &str) -> Option<Struck> {
        let mut plan = lock(&self.0);
        let planned = plan.iter_mut().find(|planned| planned.applies(endpoint))?;
        planned.struck += 1;
        let Order { kind, fault, effect, .. } = &planned.order;
        Some(Struck { kind: kind.clone(), fault: fault.clone(), effect: *effect })
    }

    /// Those used up included.
    pub fn show(&self) -> Vec<Shown> {
        lock(&self.0).iter().map(Planned::show).collect()
    }

    pub fn clear(&self) -> usize {
        lock(&self.0).drain(..).count()
    }
}
