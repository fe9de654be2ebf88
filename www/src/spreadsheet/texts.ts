export const vi = {
  spreadsheet: {
    export: "Xuất tệp",
  },
};

export const en: typeof vi = {
  spreadsheet: {
    export: "Export",
  },
};
