/** How far each view of the list was scrolled, by its path, for the way back from a tenant. */
const offsets = new Map<string, number>();

export const offsetOf = (path: string): number => offsets.get(path) ?? 0;

export const rememberOffset = (path: string, offset: number) => void offsets.set(path, offset);

/** A view that is chosen anew starts at its top. */
export const forgetOffset = (path: string) => void offsets.delete(path);
