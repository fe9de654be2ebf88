export const vi = {
  payment: {
    blocked: "Hãy kiểm tra giao dịch trước đó trước khi thực hiện giao dịch mới.",
    waitForResponse: "Hãy chờ kết quả của giao dịch đang gửi.",
    confirmHint: "Hãy kiểm tra kỹ: giao dịch không thể hoàn tác.",
    recipient: "Doanh nghiệp",
    edit: "Sửa lại",
    count: (length: number, min: number) => `${length} ký tự (tối thiểu ${min})`,
    pendingHint: "Chưa có phản hồi. Đừng đóng trang này, kết quả sẽ hiện ở đây.",
    sentAt: "Gửi lúc",
    check: "Kiểm tra ngay",
    close: "Tôi đã kiểm tra",
    providerAsked: "Tôi đã hỏi nhà cung cấp",
    unknown: (count: number) => `${count} giao dịch chưa rõ kết quả`,
    showAllUnknown: "Xem tất cả trong lịch sử",
  },
};

export const en: typeof vi = {
  payment: {
    blocked: "Check the earlier payment before you make another one.",
    waitForResponse: "Wait for the outcome of the pending payment.",
    confirmHint: "Check carefully: a payment cannot be undone.",
    recipient: "Tenant",
    edit: "Edit",
    count: (length, min) => `${length} characters (at least ${min})`,
    pendingHint: "There is no response yet. Keep this page open: the outcome will be shown here.",
    sentAt: "Sent at",
    check: "Check now",
    close: "I have checked",
    providerAsked: "I have asked the provider",
    unknown: (count) => (count === 1 ? "1 payment with an unknown outcome" : `${count} payments with unknown outcomes`),
    showAllUnknown: "Show all in the history",
  },
};
