// For projects whose compiler wants types of what is imported.
export type Job = (sandbox: string) => Promise<unknown>;
export function start(output: Element | null, more?: Record<string, Job>): Promise<void>;
export function askWorker(worker: Worker, sandbox: string): Promise<unknown>;
