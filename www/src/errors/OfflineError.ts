/** A write was not sent, because the browser is offline. */
export class OfflineError extends Error {}
