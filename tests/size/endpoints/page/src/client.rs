//@ instead use crate::tenants::{get, reconcile};
use crate::tenants::{get, numbers, reconcile};
//@ before     /// Any endpoint.
    /// `GET /api/partner/public_number/list`
    #[wasm_bindgen(js_name = listNumbers, unchecked_return_type = "Promise<NumberPage>")]
    pub fn list_numbers(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ListNumbersParams | undefined")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.call(|issues| numbers::call(&params, issues), &options)
    }

