//! Promises and futures. The core's futures run as promises that always settle, so whatever must be released when a call ends
//! is bound to its promise: an exception or a trap inside the core skips every destructor.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::guarded;

/// A future whose result goes to JavaScript. Boxed, so that all calls share the code that runs it.
pub type BoxFuture = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// Runs a future. The promise settles in any case: with the future's result, or with the exception or trap that ended it.
pub fn promise(future: BoxFuture) -> Promise {
    future_to_promise(Guarded(Some(future)))
}

/// The promise of a result that JavaScript code gave or threw.
pub fn promise_of(result: Result<JsValue, JsValue>) -> Promise {
    match result {
        Ok(value) => guarded::resolved(&value),
        Err(error) => Promise::reject(&error),
    }
}

/// Without it, an exception or a trap inside `poll` would leave the promise pending for ever.
struct Guarded(Option<BoxFuture>);

impl Future for Guarded {
    type Output = Result<JsValue, JsValue>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(mut future) = self.0.take() else {
            return Poll::Pending;
        };
        let mut polled = Poll::Pending;
        match guarded::attempt(&mut || polled = future.as_mut().poll(context)) {
            Ok(()) => {
                if polled.is_pending() {
                    self.0 = Some(future);
                }
                polled
            }
            Err(error) => {
                // It stopped at an unknown point: neither polling nor dropping it would be sound.
                mem::forget(future);
                Poll::Ready(Err(error))
            }
        }
    }
}
