/** The zone of all dates on the screen, so that every computer shows the same day. */
export const timeZone = "Asia/Ho_Chi_Minh";
