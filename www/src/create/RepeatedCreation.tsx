import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { type CreateTenantParams, type PartnerClient, PartnerError } from "omicall-partner";
import { Link } from "wouter";
import { findTenants, isNamed } from "../data/tenants";
import { focusOnMount } from "../display/focusOnMount";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";

/** A tenant that a refused request may have created. */
export interface Repeated {
  readonly email: string;
  /** Undefined if the tenants could not be searched. */
  readonly id: string | undefined;
}

/**
 * Finds the tenant that a refused request may have created. When a connection breaks, a browser may repeat the request by
 * itself; then the portal gets the response to the second one, which is refused because the first one created the tenant.
 */
export async function findRepeated(
  error: Error,
  client: PartnerClient,
  { email, fullName }: CreateTenantParams,
): Promise<Repeated | undefined> {
  if (!(error instanceof PartnerError) || error.code !== "email_registered") return undefined;
  try {
    const tenant = (await findTenants(client, email)).find((tenant) => isNamed(tenant, fullName));
    return tenant && { email, id: tenant.id };
  } catch {
    return { email, id: undefined };
  }
}

interface Props {
  repeated: Repeated;
  onOpen: () => void;
}

/** Says in the form that the tenant exists, and may come from the form itself. */
export function RepeatedCreation({ repeated: { email, id }, onOpen }: Props) {
  const { t } = useLanguage();
  return (
    <Alert {...focusOnMount} color="yellow" icon={<Icon name="info" />} title={t.create.repeated(email)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.create.repeatedHint}</Text>
        {id !== undefined && (
          <Anchor component={Link} href={tenantPath(id)} onClick={onOpen} size="sm">
            {t.create.open}
          </Anchor>
        )}
      </Stack>
    </Alert>
  );
}
