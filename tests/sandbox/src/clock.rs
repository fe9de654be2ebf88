//! The clock of a sandbox.

use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::watch;

pub const SECOND: i64 = 1000;
pub const DAY: i64 = 24 * 60 * 60 * SECOND;
/// The sandbox counts every month as 30 days; the API's documentation does not say how long a paid month is.
pub const MONTH: i64 = 30 * DAY;

/// 1 January 9990: no date of the sandbox is after the year 9999, the last one that HTTP can write.
const LATEST: i64 = 253_086_768_000_000;

/// The time of the machine, or a time that stands still. Tests move both forward.
pub struct Clock {
    stopped_at: Option<i64>,
    advanced: watch::Sender<i64>,
}

impl Clock {
    pub fn new(stopped_at: Option<i64>) -> Self {
        Self { stopped_at, advanced: watch::Sender::new(0) }
    }

    /// Milliseconds since the Unix epoch.
    pub fn now(&self) -> i64 {
        self.not_advanced().saturating_add(self.advanced()).min(LATEST)
    }

    /// The time to which a reset returns.
    pub fn not_advanced(&self) -> i64 {
        self.stopped_at.unwrap_or_else(platform::now)
    }

    /// Moves the clock forward and ends the delays that are over by then.
    pub fn advance(&self, ms: u32) {
        self.advanced.send_modify(|advanced| *advanced = advanced.saturating_add(ms.into()));
    }

    /// By how many milliseconds.
    pub fn advanced(&self) -> i64 {
        *self.advanced.borrow()
    }

    pub fn set_advanced(&self, ms: i64) {
        self.advanced.send_replace(ms);
    }

    pub async fn sleep(&self, ms: u64) {
        // The usual latency.
        if ms == 0 {
            return;
        }
        let mut advanced = self.advanced.subscribe();
        let end = self.now().saturating_add_unsigned(ms);
        loop {
            let Some(left) = u64::try_from(end.saturating_sub(self.now())).ok().filter(|left| *left > 0) else {
                return;
            };
            let changed = Box::pin(advanced.changed());
            if self.stopped_at.is_some() {
                let _ = changed.await;
            } else if let Either::Left(_) = select(platform::sleep(Duration::from_millis(left)), changed).await {
                return;
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use std::{
        pin::Pin,
        time::{Duration, SystemTime, UNIX_EPOCH},
    };

    pub fn now() -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|elapsed| i64::try_from(elapsed.as_millis()).ok())
            .unwrap_or_default()
    }

    pub fn sleep(time: Duration) -> Pin<Box<tokio::time::Sleep>> {
        Box::pin(tokio::time::sleep(time))
    }
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use std::{pin::Pin, time::Duration};

    use gloo_timers::future::sleep as timeout;
    use send_wrapper::SendWrapper;

    pub fn now() -> i64 {
        js_sys::Date::now() as i64
    }

    /// Timers take at most 31 bits of milliseconds.
    const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

    /// The router's futures must be `Send`; WebAssembly has one thread here.
    pub fn sleep(time: Duration) -> Pin<Box<impl Future<Output = ()> + Send>> {
        Box::pin(SendWrapper::new(async move {
            let mut left = time;
            while left > LONGEST {
                timeout(LONGEST).await;
                left -= LONGEST;
            }
            timeout(left).await;
        }))
    }
}
