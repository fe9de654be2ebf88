export const vi = {
  spreadsheet: {},
};

export const en: typeof vi = {
  spreadsheet: {},
};
