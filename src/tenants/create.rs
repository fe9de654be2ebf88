//! `POST /api/partner/tenant/add`

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::params::{Email, Name, Password, Phone};
use super::reconcile;
use crate::error::Result;
use crate::model::CreatedTenant;
use crate::transport::{ApiRequest, Connection, Endpoint};
use crate::validation::params::params;

params! {
    /// The parameters of a new tenant.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
    CreateTenantParams
    required {
        /// The owner's e-mail address; it must be unique.
        email: Email = "string", "The e-mail address", "Email";
        /// At least 8 characters with an upper-case letter, a lower-case letter, a digit and a special character.
        password: Password = "string", "The password", "Mật khẩu";
        /// The name of the business: fewer than 255 characters.
        fullName: Name = "string", "The business name", "Tên doanh nghiệp";
        /// The owner's name: fewer than 255 characters.
        ownerName: Name = "string", "The owner's name", "Tên chủ doanh nghiệp";
        /// The owner's phone number; the server decides about its format.
        phone: Phone = "string", "The phone number", "Số điện thoại";
    }
    optional {
        /// Whether the tenant is activated at once; that takes about 3 to 10 s.
        ///
        /// @defaultValue left to the server
        isAutoActive: bool = "boolean | undefined";
    }
}

impl Endpoint for CreateTenantParams {
    const MISSING: &'static str = "body_request_is_required";

    fn request(self, connection: &Rc<Connection>) -> Result<ApiRequest> {
        let reconcile = reconcile::by_email(connection, self.email.0.clone());
        let request = ApiRequest::write("tenants.create", "/api/partner/tenant/add", reconcile);
        Ok(request.json(&self)?.returns(CreatedTenant::check))
    }
}
