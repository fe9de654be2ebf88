/** The names of the measurements, in their order. This file imports nothing, because it is loaded before the packages are installed. */
export const names = /** @type {const} */ ([
  "decode",
  "call",
  "preflights",
  "many",
  "block",
  "first",
  "start",
  "walk",
  "ahead",
  "size",
]);
/** @typedef {typeof names[number]} Name */
