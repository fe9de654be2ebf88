export const vi = {
  journal: {
    unsettled:
      "Doanh nghiệp này còn một giao dịch chưa có kết quả, có thể được gửi từ tab khác. Hãy chờ hoặc kiểm tra giao dịch đó trước.",
    meanwhile:
      "Sau khi bạn mở bước xác nhận, một giao dịch khác của doanh nghiệp này đã được gửi, có thể từ tab khác. Hãy kiểm tra số dư và lịch sử giao dịch, rồi xác nhận lại nếu vẫn cần.",
    storage:
      "Trình duyệt không cho phép cổng đại lý ghi lại giao dịch nên chưa gửi gì cả. Hãy cho phép trang này lưu dữ liệu (cookie và dữ liệu trang web), hoặc giải phóng dung lượng, rồi thử lại.",
    unreadable: "Không đọc được dữ liệu lưu trong trình duyệt này",
    unreadableHint:
      "Hãy cho phép trang này lưu dữ liệu (cookie và dữ liệu trang web), rồi tải lại trang. Nếu không, cổng đại lý không thể gửi giao dịch.",
  },
};

export const en: typeof vi = {
  journal: {
    unsettled:
      "This tenant has another payment without an outcome; another tab may have sent it. Wait for that payment, or check it first.",
    meanwhile:
      "After this confirmation was opened, another payment was made for this tenant; another tab may have sent it. Check the balance and the history, then confirm again if you still need this payment.",
    storage:
      "The browser does not let the portal record what it sends, so nothing was sent. Allow this site to store data (cookies and site data), or free some disk space, and try again.",
    unreadable: "The data stored in this browser cannot be read",
    unreadableHint:
      "Allow this site to store data (cookies and site data), then reload the page. Otherwise the portal cannot send payments.",
  },
};
