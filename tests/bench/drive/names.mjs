/** The measurements by name, in the order in which they are made. Imports nothing: it is read before the packages are there. */
export const names = /** @type {const} */ ([
  "decode",
  "call",
  "preflights",
  "many",
  "block",
  "first",
  "start",
  "walk",
  "size",
]);
/** @typedef {typeof names[number]} Name */
