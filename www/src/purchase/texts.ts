export const vi = {
  purchase: {},
};

export const en: typeof vi = {
  purchase: {},
};
