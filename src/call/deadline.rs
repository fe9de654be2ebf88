//! A limit in time that the caller's signal can shorten.

use js_sys::Promise;
use wasm_bindgen::JsValue;

use super::task::settled;
use crate::error::{Kind, TimeLimit};
use crate::js::{Limit, field};

/// Ended when it is dropped.
pub struct Deadline {
    limit: Limit,
    caller: JsValue,
}

/// How a wait for a promise ended without its value.
pub enum Interrupt {
    Stopped(Stop),
    Rejected(JsValue),
}

/// Why waiting ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Elapsed,
    Aborted,
}

/// Fails where the caller has aborted already.
pub fn not_aborted(caller: &JsValue) -> Result<(), Kind> {
    if !caller.is_undefined() && field(caller, "aborted").as_bool() == Some(true) {
        return Err(Kind::Abort { cause: field(caller, "reason") });
    }
    Ok(())
}

impl Deadline {
    /// Starts the clock; without `ms` only the caller ends it. Fails when they have already aborted.
    pub fn start(ms: Option<f64>, caller: &JsValue) -> Result<Self, Kind> {
        Self::watched(ms, caller, &JsValue::UNDEFINED)
    }

    /// The same; `on_stop` is called at the very moment of an early end.
    pub fn watched(ms: Option<f64>, caller: &JsValue, on_stop: &JsValue) -> Result<Self, Kind> {
        not_aborted(caller)?;
        Ok(Self { limit: Limit::new(ms, caller, on_stop), caller: caller.clone() })
    }

    /// Aborts with this limit, whichever way it ends early.
    pub fn signal(&self) -> JsValue {
        self.limit.signal()
    }

    pub fn stopped(&self) -> Option<Stop> {
        match self.limit.stopped() {
            0 => None,
            1 => Some(Stop::Elapsed),
            _ => Some(Stop::Aborted),
        }
    }

    /// Cancels what still runs under [`Self::signal`].
    pub fn cancel(&self) {
        self.limit.cancel(&JsValue::UNDEFINED);
    }

    /// Waits for a promise, but no longer than the limit. A value that comes first wins over a limit that runs out before the
    /// work goes on; a rejection does not, as it may be the limit's own doing: a cancelled fetch rejects.
    pub async fn race(&self, promise: &Promise) -> Result<JsValue, Interrupt> {
        // What waits for a promise that never settles would stay for good.
        let result = settled(self.limit.race(promise)).await;
        result.map_err(|cause| self.stopped().map_or(Interrupt::Rejected(cause), Interrupt::Stopped))
    }

    /// The failure that an early end stands for.
    pub fn failure(&self, stop: Stop) -> Kind {
        match stop {
            Stop::Elapsed => Kind::Timeout { limit: TimeLimit::Attempt },
            Stop::Aborted => Kind::Abort { cause: field(&self.caller, "reason") },
        }
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        self.limit.end();
    }
}
