export const vi = {
  topUp: {
    title: "Nạp tiền",
    amount: "Số tiền",
    thousands: ".",
    decimals: ",",
    quickAmounts: "Số tiền thường dùng",
    wallet: "Ví nhận",
    wallets: { NORMAL: "Ví cước gọi", SPK: "Ví dịch vụ" },
    walletHints: { NORMAL: "Trả cước cuộc gọi", SPK: "Trả phí gói và dịch vụ" },
    description: "Nội dung",
    templatesTitle: "Mẫu nội dung",
    savedTemplates: "Mẫu của bạn",
    saveTemplate: "Lưu nội dung đang nhập làm mẫu",
    removeTemplate: "Xóa mẫu này",
    /** What the user must replace in a template. */
    contract: "[số hợp đồng]",
    templates: (month: string) => [
      `Nạp cước gọi tháng ${month} cho doanh nghiệp theo hợp đồng số [số hợp đồng]`,
      `Nạp tiền duy trì dịch vụ tổng đài tháng ${month} theo hợp đồng số [số hợp đồng]`,
      `Nạp bổ sung cước gọi tháng ${month} theo đề nghị của khách hàng, hợp đồng số [số hợp đồng]`,
    ],
    replacePlaceholder: (placeholder: string) => `Hãy thay ${placeholder} bằng thông tin thực tế.`,
    toConfirm: "Tiếp tục",
    confirmTitle: "Xác nhận nạp tiền",
    confirm: (money: string) => `Nạp ${money}`,
    done: "Đã nạp tiền",
    summary: (money: string, wallet: string, name: string) => `${money} vào ${wallet.toLowerCase()} của ${name}.`,
    balances: (before: string, after: string) => `Số dư: ${before} → ${after}.`,
    balanceUnread: "Máy chủ đã xác nhận, nhưng chưa xem được số dư mới.",
    appliedMoreThanOnceTitle: (times: string) => `Số dư tăng bằng ${times} lần số tiền nạp`,
    appliedMoreThanOnce:
      "Trình duyệt hoặc đường truyền có thể đã gửi lặp lại lệnh nạp. Hãy báo cho nhà cung cấp và đừng nạp thêm trước khi đối chiếu xong.",
    notIncreasedTitle: "Máy chủ đã xác nhận, nhưng số dư chưa tăng",
    notIncreased:
      "Số dư có thể được cập nhật chậm. Hãy xem lại sau vài phút và đừng nạp lại. Nếu số dư vẫn không tăng, hãy báo cho nhà cung cấp.",
    otherChangeTitle: "Đã nạp tiền, nhưng số dư không khớp",
    otherChange:
      "Số dư thay đổi không đúng bằng số tiền nạp, vì cùng lúc còn có khoản khác, chẳng hạn cước gọi. Hãy đối chiếu với nhà cung cấp nếu cần.",
    failed: "Không nạp được tiền",
    notSentTitle: "Chưa gửi lệnh nạp tiền",
    notSent: "Chưa có khoản tiền nào được nạp, bạn có thể nạp lại.",
    notSentUnread:
      "Không đọc được số dư trước khi nạp, nên lệnh nạp chưa được gửi. Chưa có khoản tiền nào được nạp, bạn có thể nạp lại.",
    pendingTitle: "Đang gửi lệnh nạp tiền",
    unknownTitle: "Chưa rõ kết quả nạp tiền",
    unknownHint:
      "Lệnh nạp đã được gửi nhưng không nhận được phản hồi. Tiền có thể đã vào ví. Đừng nạp lại trước khi kiểm tra.",
    balanceBefore: "Số dư trước khi nạp",
    balanceOnScreen: "Số dư trên màn hình lúc gửi",
    balanceNow: "Số dư hiện tại",
    outcomes: {
      applied: "Tiền đã vào ví: số dư tăng đúng bằng số tiền nạp. Không cần nạp lại.",
      notApplied:
        "Hiện tiền chưa vào ví: số dư không thay đổi. Hãy kiểm tra lại sau vài phút trước khi nạp lại, vì lệnh nạp có thể vẫn đang được xử lý.",
      inconclusive:
        "Chưa thể kết luận: số dư đã thay đổi, nhưng không khớp với số tiền nạp vì còn có khoản khác. Hãy đối chiếu với nhà cung cấp trước khi nạp lại.",
    },
    resend: "Nạp lại",
    unrecorded:
      "Số dư ghi nhận lúc gửi không còn, vì trang đã được tải lại hoặc kết nối đã thay đổi. Chỉ so sánh được với số dư hiển thị lúc đó.",
    grewByAmount: "Số dư đã tăng đúng bằng số tiền này: có thể tiền đã vào ví.",
    unchanged:
      "Số dư chưa thay đổi, nhưng lệnh nạp có thể vẫn đang được xử lý: hãy kiểm tra lại sau vài phút và đối chiếu với nhà cung cấp trước khi nạp lại.",
    changed: "Số dư đã thay đổi, nhưng không đúng bằng số tiền này: hãy đối chiếu với nhà cung cấp trước khi nạp lại.",
    noBalance: "Không đọc được số dư: hãy đối chiếu với nhà cung cấp trước khi nạp lại.",
    balanceHidden:
      "API không trả về số dư ví dịch vụ, nên chỉ nhà cung cấp mới biết tiền đã vào ví hay chưa. Hãy hỏi nhà cung cấp trước khi nạp lại.",
  },
};

export const en: typeof vi = {
  topUp: {
    title: "Top up",
    amount: "Amount",
    thousands: ",",
    decimals: ".",
    quickAmounts: "Usual amounts",
    wallet: "Wallet",
    wallets: { NORMAL: "Call-charge wallet", SPK: "Service wallet" },
    walletHints: { NORMAL: "Pays for calls", SPK: "Pays for packages and services" },
    description: "Description",
    templatesTitle: "Templates",
    savedTemplates: "Your templates",
    saveTemplate: "Save this text as a template",
    removeTemplate: "Remove this template",
    contract: "[contract number]",
    templates: (month) => [
      `Call charges for ${month} of this tenant, as agreed in contract no. [contract number]`,
      `Monthly fee of the switchboard service for ${month}, contract no. [contract number]`,
      `Additional call charges for ${month}, requested by the customer, contract no. [contract number]`,
    ],
    replacePlaceholder: (placeholder) => `Replace ${placeholder} with the actual value.`,
    toConfirm: "Continue",
    confirmTitle: "Confirm the top-up",
    confirm: (money) => `Top up ${money}`,
    done: "Topped up",
    summary: (money, wallet, name) => `${money} into the ${wallet.toLowerCase()} of ${name}.`,
    balances: (before, after) => `Balance: ${before} → ${after}.`,
    balanceUnread: "The server confirmed the top-up, but the new balance could not be read.",
    appliedMoreThanOnceTitle: (times) => `The balance rose by ${times} times the amount`,
    appliedMoreThanOnce:
      "The browser or the network may have sent the request more than once. Tell the provider, and do not top up again until this is resolved.",
    notIncreasedTitle: "Confirmed by the server, but the balance has not increased yet",
    notIncreased:
      "The balance may be updated with a delay. Check again in a few minutes, and do not send the top-up again. If the balance still has not increased, tell the provider.",
    otherChangeTitle: "Topped up, but the balance does not match",
    otherChange:
      "The balance did not change by exactly this amount, because another transaction changed it too, such as a call charge. If in doubt, ask the provider.",
    failed: "The top-up failed",
    notSentTitle: "The top-up was not sent",
    notSent: "No money was transferred. You can send the top-up again.",
    notSentUnread:
      "The balance before the top-up could not be read, so the top-up was not sent. No money was transferred. You can send the top-up again.",
    pendingTitle: "Sending the top-up",
    unknownTitle: "The outcome of the top-up is unknown",
    unknownHint:
      "The top-up was sent, but no response was received. The money may have arrived. Do not send it again before you have checked.",
    balanceBefore: "Balance before the top-up",
    balanceOnScreen: "Balance on the screen at that time",
    balanceNow: "Current balance",
    outcomes: {
      applied: "The money has arrived: the balance increased by exactly this amount. Do not send the top-up again.",
      notApplied:
        "The money has not arrived yet: the balance has not changed. Check again in a few minutes before you send the top-up again, because it may still be processed.",
      inconclusive:
        "The outcome is unclear: the balance has changed, but not by this amount, because another transaction changed it too. Ask the provider before you send the top-up again.",
    },
    resend: "Send again",
    unrecorded:
      "The balance recorded before the top-up is no longer available, because the page was reloaded or the connection was changed. The current balance can only be compared with the one on the screen at that time.",
    grewByAmount: "The balance has increased by exactly this amount: the money has probably arrived.",
    unchanged:
      "The balance has not changed, but the top-up may still be processed. Check again in a few minutes, and ask the provider before you send it again.",
    changed: "The balance has changed, but not by this amount. Ask the provider before you send the top-up again.",
    noBalance: "The balance could not be read. Ask the provider before you send the top-up again.",
    balanceHidden:
      "The API does not return the balance of the service wallet, so only the provider knows whether the money has arrived. Ask the provider before you send the top-up again.",
  },
};
