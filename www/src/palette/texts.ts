export const vi = {
  palette: {},
};

export const en: typeof vi = {
  palette: {},
};
