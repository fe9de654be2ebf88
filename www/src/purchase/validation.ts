/** The fields are validated soon after the last key. */
export const asTyped = { validateInputOnChange: true, validateInputOnBlur: true, validateDebounce: 500 };

/** The server's minimum for packages. For a number, any note will do. */
export const minNoteLength = 10;
