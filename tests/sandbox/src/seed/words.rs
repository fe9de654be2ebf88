//! The parts of generated names. Changing a list changes the data of every seed.

/// With realistic frequencies: more than a third of the Vietnamese are named Nguyễn.
pub const SURNAMES: [&str; 24] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm",
    "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
];

pub const MIDDLE_NAMES: [&str; 12] =
    ["Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Ngọc", "Quốc", "Thu", "Gia", "Xuân", "Hoài"];

pub const GIVEN_NAMES: [&str; 36] = [
    "An", "Bình", "Châu", "Cường", "Dũng", "Duy", "Đạt", "Giang", "Hà", "Hải", "Hằng", "Hiếu", "Hoa", "Hùng", "Hương",
    "Khánh", "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Nhung", "Phúc", "Phương", "Quân", "Quỳnh", "Sơn", "Tâm",
    "Thảo", "Thủy", "Trang", "Tuấn", "Uyên", "Vy", "Yến",
];

pub const COMPANY_FORMS: [&str; 8] = [
    "Công ty TNHH",
    "Công ty TNHH",
    "Công ty TNHH",
    "Công ty TNHH MTV",
    "Công ty TNHH Thương mại Dịch vụ",
    "Công ty Cổ phần",
    "Công ty Cổ phần",
    "Doanh nghiệp tư nhân",
];

/// A line of business, and the description of such a business.
pub const TRADES: [(&str, &str); 24] = [
    ("Nội thất", "Thiết kế và thi công nội thất trọn gói"),
    ("Vận tải", "Vận chuyển hàng hóa liên tỉnh, giao nhận tận nơi"),
    ("Du lịch", "Tổ chức tour trong nước và quốc tế"),
    ("Dược phẩm", "Phân phối thuốc và thực phẩm chức năng"),
    ("Bất động sản", "Môi giới nhà đất và căn hộ"),
    ("Thực phẩm sạch", "Rau củ quả tươi giao mỗi sáng"),
    ("Thời trang", "May mặc và bán lẻ quần áo"),
    ("Điện máy", "Bán và sửa chữa thiết bị điện gia dụng"),
    ("Giáo dục", "Luyện thi và dạy ngoại ngữ"),
    ("Nha khoa", "Khám và điều trị răng hàm mặt"),
    ("Phần mềm", "Phần mềm quản lý bán hàng cho cửa hàng nhỏ"),
    ("In ấn", "In bao bì, nhãn mác và ấn phẩm quảng cáo"),
    ("Xây dựng", "Thi công công trình dân dụng"),
    ("Mỹ phẩm", "Chăm sóc da và mỹ phẩm thiên nhiên"),
    ("Ô tô", "Mua bán xe đã qua sử dụng"),
    ("Nông sản", "Thu mua và chế biến nông sản"),
    ("Cà phê", "Rang xay cà phê, cung cấp cho quán và văn phòng"),
    ("Thiết bị y tế", "Cung cấp vật tư cho bệnh viện và phòng khám"),
    ("Thủy sản", "Nuôi trồng và xuất khẩu thủy sản"),
    ("Bảo hiểm", "Tư vấn bảo hiểm nhân thọ và sức khỏe"),
    ("Gốm sứ", "Gốm sứ thủ công, quà tặng doanh nghiệp"),
    ("Viễn thông", "Lắp đặt mạng và tổng đài cho văn phòng"),
    ("Sách", "Phát hành sách và văn phòng phẩm"),
    ("Chuyển nhà", "Dọn nhà, dọn văn phòng trọn gói"),
];

pub const BRANDS: [&str; 36] = [
    "Hoàng Long",
    "Minh Phát",
    "An Bình",
    "Đại Phúc",
    "Thiên Phúc",
    "Việt Hưng",
    "Sao Biển",
    "Phú Quý",
    "Tân Tiến",
    "Trường Thịnh",
    "Hải Đăng",
    "Nguyễn Gia",
    "Lộc Vừng",
    "Thành Công",
    "Bảo Châu",
    "Ngọc Diệp",
    "Hưng Thịnh",
    "Sông Xanh",
    "Gió Mới",
    "Ánh Dương",
    "Cửu Long",
    "Tre Việt",
    "Đồng Xanh",
    "Bến Thành Mới",
    "Cánh Buồm",
    "Hạ Long Xanh",
    "Mùa Vàng",
    "Nắng Sớm",
    "Phù Sa",
    "Rồng Lửa",
    "Sen Trắng",
    "Tâm Đức",
    "Trí Việt",
    "Vạn Xuân",
    "Ý Nhi",
    "Ốc Đảo",
];

/// Domains reserved for examples: no real mailbox exists there.
pub const MAIL_DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

pub const MOBILE_PREFIXES: [&str; 5] = ["03", "05", "07", "08", "09"];

/// Country and area: Hà Nội, Thành phố Hồ Chí Minh, Đà Nẵng, Cần Thơ.
pub const HOTLINE_PREFIXES: [&str; 6] = ["8424", "8424", "8428", "8428", "84236", "84292"];

pub const PROVIDERS: [&str; 6] = ["itel", "viettel", "vnpt", "mobifone", "fpt", "cmc"];

/// Type, first digits, number of digits, and price of a month.
pub const NUMBER_TYPES: [(&str, &str, usize, crate::store::Amounts); 5] = [
    ("fixed", "8424", 12, (25_000, 977)),
    ("fixed", "8428", 12, (25_000, 977)),
    ("mobile", "8489", 11, (50_000, 1_953)),
    ("1900", "19004", 8, (300_000, 11_719)),
    ("1800", "18006", 8, (400_000, 15_625)),
];
