export const vi = {
  overview: {
    title: "Tổng quan",
    tenants: (count: string) => `${count} doanh nghiệp`,
    updated: (time: string) => `Cập nhật lúc ${time}`,
    loading: "Đang tải danh sách doanh nghiệp",
    loaded: (loaded: string) => `Đã tải ${loaded} doanh nghiệp`,
    loadedOf: (loaded: string, total: string) => `Đã tải ${loaded} / ${total} doanh nghiệp`,
    stop: "Dừng",
    resume: "Tải tiếp",
    stopped: "Đã dừng, chưa tải được doanh nghiệp nào.",
    counted: (loaded: string, total: string) => `Các con số mới tính ${loaded} / ${total} doanh nghiệp.`,
    failed: "Không tải được danh sách doanh nghiệp",
    failedPartly: "Chưa tải được hết danh sách doanh nghiệp",
    refreshFailed: "Không cập nhật được danh sách doanh nghiệp",
    countedAt: (time: string) => `Các con số bên dưới được tính lúc ${time}.`,

    ownBalance: "Số dư của bạn",
    ownBalanceFailed: "Không tải được số dư của bạn",

    lowBalances: "Số dư thấp",
    threshold: "Ngưỡng số dư (₫)",
    below: (count: string, amount: string) => `${count} doanh nghiệp có số dư dưới ${amount}`,
    belowHint: "doanh nghiệp có số dư dưới ngưỡng",
    belowActivated: (count: string, amount: string) => `${count} doanh nghiệp đang hoạt động có số dư dưới ${amount}`,
    belowActivatedHint: "đang hoạt động",

    expiring: "Sắp hết hạn",
    expiringHint: "Số doanh nghiệp có dịch vụ hết hạn trong thời gian tới",
    expiringKind: "Dịch vụ",
    kinds: { package: "Gói dịch vụ", domain: "Tên miền", number: "Đầu số" },
    days: (days: number) => `${days} ngày`,
    expiringCounts: {
      package: (count: string, days: number) => `${count} doanh nghiệp có gói dịch vụ hết hạn trong ${days} ngày`,
      domain: (count: string, days: number) => `${count} doanh nghiệp có tên miền hết hạn trong ${days} ngày`,
      number: (count: string, days: number) => `${count} doanh nghiệp có đầu số hết hạn trong ${days} ngày`,
    },
    unlisted: (kinds: string) =>
      `Danh sách của máy chủ không có ngày hết hạn của: ${kinds}. Hãy xem ở trang của từng doanh nghiệp.`,

    byStatus: "Theo trạng thái",
    withStatus: (count: string, status: string) => `${count} doanh nghiệp có trạng thái “${status}”`,
    byPackage: "Theo gói dịch vụ",
    withPackage: (count: string, name: string) => `${count} doanh nghiệp dùng gói ${name}`,
    noPackage: "Chưa có gói",
    withoutPackage: (count: string) => `${count} doanh nghiệp chưa có gói dịch vụ`,

    empty: "Chưa có doanh nghiệp nào",
    emptyHint: "Khi có doanh nghiệp, màn hình này cho biết dịch vụ nào sắp hết hạn và số dư nào sắp cạn.",
    create: "Tạo doanh nghiệp đầu tiên",
  },
};

export const en: typeof vi = {
  overview: {
    title: "Overview",
    tenants: (count) => `${count} tenants`,
    updated: (time) => `Updated at ${time}`,
    loading: "Loading the tenants",
    loaded: (loaded) => `${loaded} tenants loaded`,
    loadedOf: (loaded, total) => `${loaded} of ${total} tenants loaded`,
    stop: "Stop",
    resume: "Continue loading",
    stopped: "Stopped before any tenant was loaded.",
    counted: (loaded, total) => `The numbers count ${loaded} of ${total} tenants so far.`,
    failed: "The tenants could not be loaded",
    failedPartly: "Not all tenants could be loaded",
    refreshFailed: "The tenants could not be refreshed",
    countedAt: (time) => `The numbers below are from ${time}.`,

    ownBalance: "Your balance",
    ownBalanceFailed: "Your balance could not be loaded",

    lowBalances: "Low balances",
    threshold: "Threshold (₫)",
    below: (count, amount) => `${count} tenants with a balance under ${amount}`,
    belowHint: "tenants with a balance under the threshold",
    belowActivated: (count, amount) => `${count} active tenants with a balance under ${amount}`,
    belowActivatedHint: "active",

    expiring: "Expiring soon",
    expiringHint: "Tenants whose services expire in the near future",
    expiringKind: "Service",
    kinds: { package: "Package", domain: "Domain", number: "Number" },
    days: (days) => `${days} days`,
    expiringCounts: {
      package: (count, days) => `${count} tenants whose package expires within ${days} days`,
      domain: (count, days) => `${count} tenants whose domain expires within ${days} days`,
      number: (count, days) => `${count} tenants with a number that expires within ${days} days`,
    },
    unlisted: (kinds) => `The server’s list does not say when these expire: ${kinds}. See the page of each tenant.`,

    byStatus: "By status",
    withStatus: (count, status) => `${count} tenants with the status “${status}”`,
    byPackage: "By service package",
    withPackage: (count, name) => `${count} tenants with the package ${name}`,
    noPackage: "No package",
    withoutPackage: (count) => `${count} tenants without a service package`,

    empty: "No tenants yet",
    emptyHint: "Once there are tenants, this screen shows which services expire soon and which balances run low.",
    create: "Create the first tenant",
  },
};
