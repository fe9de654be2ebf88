import { Anchor } from "@mantine/core";
import { type CreateTenantParams, PartnerError, type PartnerClient } from "omicall-partner";
import { Link } from "wouter";
import { findTenants, isNamed } from "../data/tenants";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";

/**
 * The tenant that a refused request may have created. When a connection breaks, a browser may repeat the request by itself;
 * then the portal gets the response to the second one, which the server refuses because the first one created the tenant.
 *
 * @returns `id` is undefined if the tenants could not be searched
 */
export async function findRepeated(
  error: Error,
  client: PartnerClient,
  { email, fullName }: CreateTenantParams,
): Promise<{ id: string | undefined } | undefined> {
  if (!(error instanceof PartnerError) || error.code !== "email_registered") return undefined;
  try {
    return (await findTenants(client, email)).find((tenant) => isNamed(tenant, fullName));
  } catch {
    return { id: undefined };
  }
}

interface Props {
  id: string | undefined;
  onOpen: () => void;
}

/** The error of the e-mail field: the tenant exists, and may come from this form. */
export function RepeatedCreation({ id, onOpen }: Props) {
  const { t } = useLanguage();
  return (
    <>
      {t.create.repeated}{" "}
      {id !== undefined && (
        <Anchor component={Link} href={tenantPath(id)} onClick={onOpen} inherit>
          {t.create.open}
        </Anchor>
      )}
    </>
  );
}
