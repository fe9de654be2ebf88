// A CommonJS program.
import partner = require("omicall-partner");

export const isValid = (error: unknown): boolean => !(error instanceof partner.ValidationError);
