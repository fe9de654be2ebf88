export const vi = {
  spreadsheet: {
    export: "Xuất tệp",
    xlsx: "Excel (XLSX)",
    xlsxHint: "Giữ nguyên số điện thoại, ngày giờ và số tiền.",
    csv: "CSV",
    csvHint: "Cho phần mềm khác. Khi mở bằng Excel, số 0 ở đầu số điện thoại có thể bị mất.",
    failed: "Không xuất được tệp",
    failedHint: "Hãy tải lại trang rồi thử lại.",
  },
};

export const en: typeof vi = {
  spreadsheet: {
    export: "Export",
    xlsx: "Excel (XLSX)",
    xlsxHint: "Keeps phone numbers, dates and amounts.",
    csv: "CSV",
    csvHint: "For other programs. Opened in Excel, phone numbers may lose their leading zero.",
    failed: "The file was not exported",
    failedHint: "Reload the page, and try again.",
  },
};
