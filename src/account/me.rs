//! `GET /api/partner/me`

use crate::model::Partner;
use crate::transport::{ApiRequest, Method};

pub fn request() -> ApiRequest {
    ApiRequest::read(Method::Get, "/api/partner/me").returns(Partner::check)
}
