//@ after use crate::tenants::create::{self, CreateTenantParams};
use crate::tenants::extend::{self, ExtendPackageParams};
//@ before     /// Any endpoint.
    /// `POST /api/partner/service_package/extend`
    #[wasm_bindgen(js_name = extendPackage, unchecked_return_type = "Promise<unknown>")]
    pub fn extend_package(
        &self,
        params: Ts<ExtendPackageParams>,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.call(|issues| extend::call(&params.js_value(), issues), &options)
    }

