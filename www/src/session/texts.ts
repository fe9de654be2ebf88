export const vi = {
  environments: { page: "Sandbox trong trang", sandbox: "Sandbox", real: "API thật" },

  environmentChoices: { page: "Trong trang", sandbox: "Máy chủ sandbox", real: "API thật" },

  settings: {
    title: "Cài đặt kết nối",
    environment: "Môi trường",
    pageHint: "Sandbox chạy ngay trong trang này và không gửi gì qua mạng. Dữ liệu được lưu trong trình duyệt này.",
    restoreSamples: "Khôi phục dữ liệu mẫu",
    sandboxHint: "Máy chủ thử nghiệm chạy trên máy này: không có tiền thật hay doanh nghiệp thật.",
    realHint: "Mọi thao tác, kể cả nạp tiền, đều là thao tác thật.",
    sandboxOnly:
      "Sandbox phải chạy trên máy này: localhost, *.localhost, 127.x.x.x hoặc [::1]. Với máy chủ khác, hãy chọn “API thật”.",
    baseUrl: "Địa chỉ API",
    apiKey: "API key của đối tác",
    token: "Access token của đối tác",
    showToken: "Hiện hoặc ẩn access token",
    memoryOnly: "Chỉ lưu trong bộ nhớ của trang này và mất khi tải lại trang.",
    save: "Áp dụng",
    saved: "Đã đổi kết nối",
  },

  token: {
    refused: (code: string) => `Máy chủ không cấp token (${code}). Hãy kiểm tra API key trong phần cài đặt.`,
    unreachable:
      "Không kết nối được tới sandbox. Hãy kiểm tra xem sandbox có đang chạy và địa chỉ trong phần cài đặt có đúng không.",
  },
};

export const en: typeof vi = {
  environments: { page: "Sandbox in this page", sandbox: "Sandbox", real: "Real API" },

  environmentChoices: { page: "In this page", sandbox: "Sandbox server", real: "Real API" },

  settings: {
    title: "Connection settings",
    environment: "Environment",
    pageHint: "The sandbox runs in this page and sends nothing over a network. Its data is kept in this browser.",
    restoreSamples: "Restore the sample data",
    sandboxHint: "A test server on this machine: no real money and no real tenants.",
    realHint: "All actions, including top-ups, take real effect.",
    sandboxOnly:
      "The sandbox must run on this machine: localhost, *.localhost, 127.x.x.x or [::1]. For another server, choose “Real API”.",
    baseUrl: "API address",
    apiKey: "Partner’s API key",
    token: "Partner’s access token",
    showToken: "Show or hide the access token",
    memoryOnly: "Kept only in the memory of this page, and lost when the page is reloaded.",
    save: "Apply",
    saved: "Connection changed",
  },

  token: {
    refused: (code) => `The server issued no token (${code}). Check the API key in the settings.`,
    unreachable:
      "Cannot connect to the sandbox. Check that it is running and that its address in the settings is correct.",
  },
};
