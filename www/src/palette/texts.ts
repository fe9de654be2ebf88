export const vi = {
  palette: {
    title: "Tìm kiếm và lệnh",
    placeholder: "Tìm doanh nghiệp hoặc lệnh…",
    commands: "Lệnh",
    open: "Mở doanh nghiệp",
    topUp: "Nạp tiền",
    searching: "Đang tìm doanh nghiệp…",
    nothing: "Không tìm thấy gì. Hãy nhập tên doanh nghiệp để mở hoặc nạp tiền.",
    goTo: (screen: string) => `Mở “${screen}”`,
    language: "Switch to English",
    colorScheme: (scheme: string) => `Giao diện: ${scheme}`,
  },
};

export const en: typeof vi = {
  palette: {
    title: "Search and commands",
    placeholder: "Find a tenant or a command…",
    commands: "Commands",
    open: "Open a tenant",
    topUp: "Top up",
    searching: "Searching for tenants…",
    nothing: "Nothing found. Enter a tenant’s name to open it or to top it up.",
    goTo: (screen) => `Open “${screen}”`,
    language: "Chuyển sang tiếng Việt",
    colorScheme: (scheme) => `Colours: ${scheme}`,
  },
};
