export const vi = {
  header: {
    language: "Ngôn ngữ",
    environment: (name: string) => `Môi trường: ${name}`,
    screens: "Các màn hình",
    menu: "Menu",
    skip: "Đến nội dung chính",
    search: "Tìm kiếm và lệnh",
    colorScheme: "Giao diện",
    colorSchemes: { light: "Sáng", dark: "Tối", auto: "Theo hệ thống" },
    restoreSamples: "Khôi phục dữ liệu mẫu",
  },

  shortcuts: {
    title: "Phím tắt",
    palette: "Tìm doanh nghiệp hoặc lệnh",
    search: "Đến ô tìm kiếm",
    create: "Tạo doanh nghiệp",
    list: "Danh sách phím tắt",
    goTo: (screen: string) => `Mở “${screen}”`,
    then: "rồi",
    enabled: "Bật các phím tắt một phím",
    enabledHint: "Khi tắt, chỉ còn phím tắt có Ctrl hoặc ⌘.",
  },
};

export const en: typeof vi = {
  header: {
    language: "Language",
    environment: (name) => `Environment: ${name}`,
    screens: "Screens",
    menu: "Menu",
    skip: "Skip to the content",
    search: "Search and commands",
    colorScheme: "Colours",
    colorSchemes: { light: "Light", dark: "Dark", auto: "As the system" },
    restoreSamples: "Restore the sample data",
  },

  shortcuts: {
    title: "Keyboard shortcuts",
    palette: "Find a tenant or a command",
    search: "Go to the search field",
    create: "New tenant",
    list: "List of shortcuts",
    goTo: (screen) => `Open “${screen}”`,
    then: "then",
    enabled: "Enable the shortcuts without Ctrl",
    enabledHint: "When off, only shortcuts with Ctrl or ⌘ remain.",
  },
};
