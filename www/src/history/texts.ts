export const vi = {
  history: {
    title: "Lịch sử giao dịch",
  },
};

export const en: typeof vi = {
  history: {
    title: "Payments",
  },
};
