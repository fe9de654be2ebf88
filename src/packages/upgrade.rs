//! `POST /api/partner/service_package/upgrade`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::purchase::{Holding, ListedName, Note, Purchase, months_added, package_of};
use crate::quote::Months;
use crate::tenants::params::Email;
use crate::tenants::reconcile::Outcome;
use crate::validation::params::params;

params! {
    /// A new service package for a tenant. Its price is the setup fee and the fee of each month: see {@link Packages.quote}.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
    UpgradePackageParams
    required {
        /// The owner's e-mail address.
        email: Email = "string", "The e-mail address", "Email";
        /// The package: `code_name` of a {@link PackageOffer}.
        code_name: ListedName = "\"trial\" | \"omi_start\" | \"omi_business\" | \"omi_advance\" | \"omi_pro\" | \"customize\" | (string & {})", "The package", "Gói dịch vụ";
        /// For how many months: an integer, 6 at least.
        month_num: Months = "number", "The number of months", "Số tháng";
        /// What the purchase is for: 10 characters at least.
        note: Note = "string", "The note", "Ghi chú";
    }
}

impl Purchase for UpgradePackageParams {
    const OPERATION: &'static str = "packages.upgrade";
    const PATH: &'static str = "/api/partner/service_package/upgrade";

    fn email(&self) -> &Email {
        &self.email
    }

    fn with_email(self, email: Email) -> Self {
        Self { email, ..self }
    }

    fn holding(&self, tenant: &JsValue) -> Option<Holding> {
        package_of(tenant)
    }

    /// A change to the package that the tenant has already says nothing certain.
    fn judge(&self, before: &Holding, after: &Holding, at: f64) -> Outcome {
        if before == after {
            return Outcome::NotApplied;
        }
        let is_wanted = |package: &Holding| package.name.as_ref() == Some(&self.code_name.0);
        match (before.expires, after.expires) {
            (Some(start), Some(end)) if is_wanted(after) && !is_wanted(before) => {
                months_added([start, at], end, self.month_num.0)
            }
            _ => Outcome::Inconclusive,
        }
    }
}
