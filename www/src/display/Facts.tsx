import { Fragment, type ReactNode } from "react";
import { useLanguage } from "../language/language";

export type Fact = readonly [term: string, value: ReactNode];

/** A list of terms and values; a value that is missing becomes a dash. */
export function Facts({ items }: { items: readonly Fact[] }) {
  const { t } = useLanguage();
  return (
    <dl className="facts">
      {items.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value || t.none}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
