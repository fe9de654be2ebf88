export const vi = {
  errors: {
    wait: (seconds: number) => `Máy chủ yêu cầu chờ thêm ${seconds} giây.`,
    reportToProvider: "Nếu lỗi lặp lại, hãy gửi chi tiết dưới đây cho bộ phận hỗ trợ của OMICall.",
    reportToAdministrator: "Thử lại có thể không giúp được. Hãy gửi chi tiết dưới đây cho người quản trị cổng này.",
    copyDetails: "Sao chép chi tiết",
    copied: "Đã sao chép",
  },
};

export const en: typeof vi = {
  errors: {
    wait: (seconds) => `The server asks you to wait for another ${seconds} s.`,
    reportToProvider: "If this error persists, send the details below to the support of OMICall.",
    reportToAdministrator: "Trying again may not help. Send the details below to the administrator of this portal.",
    copyDetails: "Copy the details",
    copied: "Copied",
  },
};
