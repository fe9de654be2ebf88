export const vi = {
  header: {
    language: "Ngôn ngữ",
    toDark: "Chuyển sang giao diện tối",
    toLight: "Chuyển sang giao diện sáng",
    settings: "Cài đặt kết nối",
    environment: (name: string) => `Môi trường: ${name}`,
    screens: "Các màn hình",
    openMenu: "Mở menu",
  },
};

export const en: typeof vi = {
  header: {
    language: "Language",
    toDark: "Switch to dark colours",
    toLight: "Switch to light colours",
    settings: "Connection settings",
    environment: (name) => `Environment: ${name}`,
    screens: "Screens",
    openMenu: "Open the menu",
  },
};
