import { schemaResolver, useForm } from "@mantine/form";
import type { CreateTenantParams } from "omicall-partner";
import { useState } from "react";
import { useClient } from "../session/client";

/** In display order. */
export const fields = ["fullName", "ownerName", "email", "phone", "password"];

/**
 * The form of a new tenant, with the rules and the messages of the SDK. A field shows its error when it is left, or when
 * the form was submitted; from then on, the error follows what is typed.
 */
export function useCreationForm() {
  const client = useClient();
  const [checked, setChecked] = useState<string[]>([]);
  const check = (names: string[]) => setChecked((before) => [...new Set([...before, ...names])]);
  const form = useForm<Required<CreateTenantParams>>({
    initialValues: { email: "", password: "", fullName: "", ownerName: "", phone: "", isAutoActive: true },
    validate: schemaResolver(client.schemas.createTenant, { sync: true }),
    validateInputOnChange: checked,
    // A field that is left empty may be filled in later.
    enhanceGetInputProps: ({ form, field }) => ({
      onBlur: () => {
        if (!form.isDirty(field)) return;
        check([field]);
        form.validateField(field);
      },
    }),
  });
  return { ...form, checkAll: () => check(fields) };
}

export type CreationForm = ReturnType<typeof useCreationForm>;
