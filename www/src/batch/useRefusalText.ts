import { useLanguage } from "../language/language";
import type { Refusal } from "./model";

/** Says why a row was refused, or why its outcome is unknown. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t } = useLanguage();
  return (refusal) => (typeof refusal === "string" ? t.batch.refusals[refusal] : refusal.message);
}
