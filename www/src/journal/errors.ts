/** A write was not sent, because an earlier one for the same tenant is not settled. */
export class UnsettledError extends Error {}

/** A write was not sent, because the browser does not let the portal record it. */
export class StorageError extends Error {}
