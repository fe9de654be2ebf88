export const vi = {
  overview: {
    title: "Tổng quan",
  },
};

export const en: typeof vi = {
  overview: {
    title: "Overview",
  },
};
