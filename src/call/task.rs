//! Work that goes on whenever a promise it waits for has settled. It waits for one at a time, and JavaScript knows when to go
//! on: no queue, no wakers.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

use crate::error::{Failed, Language};
use crate::js;

/// What a call does once its arguments are known to be fine. Boxed, so that all share one wrapper.
pub type Work = Pin<Box<dyn Future<Output = Result<JsValue, Failed>>>>;

thread_local! {
    /// Between a piece of work and what drives it, and empty between two steps: the promise to wait for, or what it came to.
    static EXCHANGE: Cell<Result<JsValue, JsValue>> = const { Cell::new(Ok(JsValue::UNDEFINED)) };
}

/// What JavaScript is told of a piece of work.
pub fn promise(work: Work, language: Language) -> Promise {
    let mut work = Some(work);
    let step = Closure::<dyn FnMut(JsValue, bool) -> JsValue>::new(move |value, failed| {
        // Out of here while it runs: work that a trap has ended in its midst is not for the garbage collector to drop.
        let Some(mut running) = work.take() else {
            return JsValue::UNDEFINED;
        };
        EXCHANGE.set(if failed { Err(value) } else { Ok(value) });
        let outcome = match running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => {
                work = Some(running);
                return EXCHANGE.replace(Ok(JsValue::UNDEFINED)).unwrap_or_default();
            }
            Poll::Ready(outcome) => outcome,
        };
        // In a list, to be told from a promise to wait for.
        let end = Array::new();
        end.push(&outcome.unwrap_or_else(|fault| Promise::reject(&fault.into_js(language)).into()));
        end.into()
    });
    js::drive(&step.into_js_value())
}

/// Waits until a promise has settled.
pub fn settled(promise: Promise) -> impl Future<Output = Result<JsValue, JsValue>> {
    Settled(Some(promise))
}

struct Settled(Option<Promise>);

impl Future for Settled {
    type Output = Result<JsValue, JsValue>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        match self.0.take() {
            Some(promise) => {
                EXCHANGE.set(Ok(promise.into()));
                Poll::Pending
            }
            // Nobody asks again before it has.
            None => Poll::Ready(EXCHANGE.replace(Ok(JsValue::UNDEFINED))),
        }
    }
}
