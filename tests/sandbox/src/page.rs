//! A page of a list.

use serde::Serialize;

use crate::envelope::ErrorCode;

/// A larger `size` is rejected.
pub const MAX_SIZE: u64 = 10_000;
/// Where an endpoint has one.
pub const DEFAULT_SIZE: u64 = 50;

#[derive(Debug, PartialEq, Serialize)]
pub struct Page<T> {
    items: Vec<T>,
    page_number: u64,
    page_size: u64,
    total_items: u64,
    total_pages: u64,
    has_next: bool,
    next_page: u64,
    has_previous: bool,
    previous_page: u64,
}

impl<T> Page<T> {
    /// The items of one page, as the endpoint shows them.
    pub fn of<I>(all: &[I], page: u64, size: u64, show: impl Fn(&I) -> T) -> Result<Self, ErrorCode> {
        if size > MAX_SIZE {
            return Err(ErrorCode::RequestInvalid);
        }
        let first = usize::try_from((page - 1).saturating_mul(size)).unwrap_or(usize::MAX);
        let items = all.iter().skip(first).take(size as usize).map(show).collect();
        Ok(Self::new(items, page, size, all.len() as u64))
    }

    /// Without a next or previous page, its number is that of the page itself: in the provider's examples
    /// `previous_page` of page 1 is 1.
    fn new(items: Vec<T>, page_number: u64, page_size: u64, total_items: u64) -> Self {
        let total_pages = total_items.div_ceil(page_size);
        let has_next = page_number < total_pages;
        let has_previous = page_number > 1;
        Self {
            items,
            page_number,
            page_size,
            total_items,
            total_pages,
            has_next,
            next_page: page_number + u64::from(has_next),
            has_previous,
            previous_page: page_number - u64::from(has_previous),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u64, size: u64, total: u64) -> (u64, bool, u64, bool, u64) {
        let page = Page::<()>::new(Vec::new(), number, size, total);
        (page.total_pages, page.has_next, page.next_page, page.has_previous, page.previous_page)
    }

    #[test]
    fn computes_the_page_info() {
        assert_eq!(page(1, 50, 0), (0, false, 1, false, 1));
        assert_eq!(page(1, 50, 50), (1, false, 1, false, 1));
        assert_eq!(page(1, 50, 51), (2, true, 2, false, 1));
        assert_eq!(page(2, 50, 51), (2, false, 2, true, 1));
        assert_eq!(page(2, 10, 35), (4, true, 3, true, 1));
        assert_eq!(page(9, 10, 35), (4, false, 9, true, 8));
        assert_eq!(page(u64::MAX, 10_000, 1), (1, false, u64::MAX, true, u64::MAX - 1));
    }
}
