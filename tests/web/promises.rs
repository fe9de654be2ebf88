//! The core's promises settle even after an exception or a trap in the core.

use js_sys::{Array, Function, Promise};
use omicall_partner::platform::promise::{BoxFuture, promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{evaluate, field, text};

#[wasm_bindgen(module = "/tests/web/support.js")]
extern "C" {
    /// Without `catch`: the exception passes through the core.
    #[wasm_bindgen(js_name = throwError)]
    fn throw_error(message: &str);
    #[wasm_bindgen(js_name = throwValue)]
    fn throw_value(value: &JsValue);
}

/// Ends the running step of the core in an orderly way or not.
#[derive(Debug, Clone, Copy)]
enum End {
    Exception,
    ThrownValue,
    Trap,
}

impl End {
    fn run(self) {
        match self {
            End::Exception => throw_error("mine"),
            End::ThrownValue => throw_value(&"a text".into()),
            End::Trap => core::arch::wasm32::unreachable(),
        }
    }

    #[track_caller]
    fn assert_reason(self, reason: &JsValue) {
        match self {
            End::Exception => assert_eq!(text(reason, "message"), "mine"),
            End::ThrownValue => assert_eq!(reason, "a text"),
            End::Trap => assert_eq!(text(reason, "name"), "RuntimeError"),
        }
    }
}

const ENDS: [End; 3] = [End::Exception, End::ThrownValue, End::Trap];

/// A promise, and the function that resolves it.
fn deferred() -> (Promise, Function) {
    let mut resolve = None;
    let promise = Promise::new(&mut |resolve_promise, _| resolve = Some(resolve_promise));
    (promise, resolve.unwrap())
}

/// A future that waits for these promises, one after the other, and then ends in this way.
fn failing(awaited: impl IntoIterator<Item = Promise> + 'static, end: End) -> BoxFuture {
    Box::pin(async move {
        for promise in awaited {
            JsFuture::from(promise).await?;
        }
        end.run();
        Ok("not reached".into())
    })
}

/// A future of the value of a promise.
fn waiting(awaited: Promise) -> BoxFuture {
    Box::pin(async move { JsFuture::from(awaited).await })
}

#[wasm_bindgen_test]
async fn a_failure_in_the_first_poll_rejects_the_promise() {
    for end in ENDS {
        let reason = JsFuture::from(promise(failing([], end))).await.unwrap_err();
        end.assert_reason(&reason);
    }
}

#[wasm_bindgen_test]
async fn a_failure_after_an_await_rejects_the_promise() {
    for end in ENDS {
        let timer = || {
            Promise::new(&mut |resolve, _| {
                let start: Function = evaluate("(resolve) => setTimeout(resolve)").unchecked_into();
                start.call1(&JsValue::UNDEFINED, &resolve).unwrap();
            })
        };
        for awaited in
            [vec![Promise::resolve(&JsValue::NULL)], vec![timer(), Promise::resolve(&JsValue::NULL), timer()]]
        {
            let reason = JsFuture::from(promise(failing(awaited, end))).await.unwrap_err();
            end.assert_reason(&reason);
        }
    }
}

#[wasm_bindgen_test]
async fn other_promises_are_not_affected_by_a_failure() {
    for end in ENDS {
        let ((first, resolve_first), (second, resolve_second)) = (deferred(), deferred());
        // Started before, and settled after the failures.
        let earlier = promise(waiting(first));
        let failing_later = promise(failing([second.clone()], end));
        let beside = promise(waiting(second));
        let failing_now = promise(failing([], end));
        end.assert_reason(&JsFuture::from(failing_now).await.unwrap_err());
        resolve_second.call1(&JsValue::UNDEFINED, &2.into()).unwrap();
        end.assert_reason(&JsFuture::from(failing_later).await.unwrap_err());
        assert_eq!(JsFuture::from(beside).await.unwrap(), 2);
        resolve_first.call1(&JsValue::UNDEFINED, &1.into()).unwrap();
        assert_eq!(JsFuture::from(earlier).await.unwrap(), 1);
        assert_eq!(JsFuture::from(promise(waiting(Promise::resolve(&JsValue::from(3))))).await.unwrap(), 3);
    }
}

#[wasm_bindgen_test]
async fn a_hundred_failures_among_a_hundred_promises() {
    let promises: Array = (0..200_u32)
        .map(|n| {
            let value = Promise::resolve(&JsValue::from(n));
            if n % 2 == 0 { promise(waiting(value)) } else { promise(failing([value], ENDS[(n % 3) as usize])) }
        })
        .collect();
    let settled = Promise::all_settled(promises.as_ref());
    let settled: Array = JsFuture::from(settled).await.unwrap().unchecked_into();
    for (n, result) in (0..200_u32).zip(settled.iter()) {
        if n % 2 == 0 {
            assert_eq!(field(&result, "value"), n);
        } else {
            ENDS[(n % 3) as usize].assert_reason(&field(&result, "reason"));
        }
    }
}
