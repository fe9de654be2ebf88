export const vi = {
  batch: {
    title: "Tạo hàng loạt",
  },
};

export const en: typeof vi = {
  batch: {
    title: "Create many",
  },
};
