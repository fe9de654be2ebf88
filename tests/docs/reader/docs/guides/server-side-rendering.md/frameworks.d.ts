// What the frameworks declare: Nuxt's auto-imports, and SvelteKit's `error`.
declare const createError: typeof import("h3").createError;
declare function computed<T>(get: () => T): { readonly value: T };
declare function useAsyncData<T>(
  key: string,
  handler: () => Promise<T>,
): { data: { value: T | undefined }; error: { value: import("h3").H3Error<unknown> | undefined } };

declare namespace App {
  interface Error {
    message: string;
  }
}

declare module "@sveltejs/kit" {
  export function error(status: number, body: App.Error): never;
}
