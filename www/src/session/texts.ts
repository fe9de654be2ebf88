export const vi = {
  environments: { page: "Sandbox trong trang", sandbox: "Sandbox", real: "API thật" },

  signIn: {
    title: "Đăng nhập",
    heading: "OMICall Partner",
    subtitle: "Cổng đại lý: tạo doanh nghiệp, nạp tiền, mua gói dịch vụ và đầu số.",
    offline: "Không có kết nối mạng. Hãy đăng nhập khi có mạng trở lại.",
    baseUrl: "Địa chỉ API",
    token: "Access token của đối tác",
    showToken: "Hiện hoặc ẩn access token",
    memoryOnly: "Chỉ lưu trong bộ nhớ của trang này và mất khi tải lại trang.",
    realHint: "Đây là API thật: mọi thao tác, kể cả nạp tiền, đều là thao tác thật.",
    submit: "Đăng nhập",
    failed: "Không đăng nhập được",
    or: "hoặc",
    trySandbox: "Dùng thử với sandbox",
    pageHint: "Sandbox chạy ngay trong trang này và không gửi gì qua mạng. Dữ liệu được lưu trong trình duyệt này.",
    sandboxHint: "Máy chủ thử nghiệm chạy trên máy này: không có tiền thật hay doanh nghiệp thật.",
    advanced: "Nâng cao",
    sandboxUrl: "Địa chỉ sandbox",
    apiKey: "API key của sandbox",
    sandboxOnly:
      "Sandbox phải chạy trên máy này: localhost, *.localhost, 127.x.x.x hoặc [::1]. Với máy chủ khác, hãy đăng nhập bằng access token.",
    expiredTitle: "Phiên đăng nhập đã hết hạn",
    expiredHint: "Hãy nhập access token mới để tiếp tục. Màn hình và những gì bạn đang nhập được giữ nguyên.",
    declinedHint:
      "Cổng đại lý không đọc hay gửi được gì cho đến khi có access token mới. Những gì bạn đang nhập được giữ nguyên.",
    continue: "Tiếp tục",
    otherPartner: (email: string) =>
      `Access token này thuộc đối tác khác (${email}). Muốn đổi đối tác, hãy đăng xuất rồi đăng nhập lại.`,
    notEntered: "Phiên đăng nhập đã hết hạn và chưa có access token mới nên yêu cầu chưa được thực hiện.",
    again: "Nhập access token mới",
    signOut: "Đăng xuất",
  },

  token: {
    refused: (code: string) => `Sandbox không cấp access token (${code}). Hãy kiểm tra API key của sandbox.`,
    unreachable: "Không kết nối được tới sandbox. Hãy kiểm tra xem sandbox có đang chạy và địa chỉ có đúng không.",
  },
};

export const en: typeof vi = {
  environments: { page: "Sandbox in this page", sandbox: "Sandbox", real: "Real API" },

  signIn: {
    title: "Sign in",
    heading: "OMICall Partner",
    subtitle: "Partner portal: create tenants, top up their wallets, buy service packages and numbers.",
    offline: "There is no network connection. Sign in when the network is back.",
    baseUrl: "API address",
    token: "Partner’s access token",
    showToken: "Show or hide the access token",
    memoryOnly: "Kept only in the memory of this page, and lost when the page is reloaded.",
    realHint: "This is the real API: all actions, including top-ups, take real effect.",
    submit: "Sign in",
    failed: "You could not be signed in",
    or: "or",
    trySandbox: "Try it with the sandbox",
    pageHint: "The sandbox runs in this page and sends nothing over a network. Its data is kept in this browser.",
    sandboxHint: "A test server on this machine: no real money and no real tenants.",
    advanced: "Advanced",
    sandboxUrl: "Address of the sandbox",
    apiKey: "API key of the sandbox",
    sandboxOnly:
      "The sandbox must run on this machine: localhost, *.localhost, 127.x.x.x or [::1]. For another server, sign in with an access token.",
    expiredTitle: "Your session has expired",
    expiredHint: "Enter a new access token to continue. The screen and what you have entered stay as they are.",
    declinedHint:
      "Nothing can be read or sent until there is a new access token. What you have entered stays as it is.",
    continue: "Continue",
    otherPartner: (email) =>
      `This access token belongs to another partner (${email}). To change the partner, sign out and sign in again.`,
    notEntered: "The session has expired and no new access token was entered, so the request was not executed.",
    again: "Enter a new access token",
    signOut: "Sign out",
  },

  token: {
    refused: (code) => `The sandbox issued no access token (${code}). Check the API key of the sandbox.`,
    unreachable: "Cannot connect to the sandbox. Check that it is running and that its address is correct.",
  },
};
