//! `GET /api/partner/service_package_v2/template/list`

use crate::transport::{ApiRequest, Method};

/// The payload is not documented.
pub fn request() -> ApiRequest {
    ApiRequest::read(Method::Get, "/api/partner/service_package_v2/template/list")
}
