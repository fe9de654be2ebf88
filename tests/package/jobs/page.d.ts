// For projects whose compiler needs types of imported files.
export type Job = (sandbox: string) => Promise<unknown>;
export function start(output: Element | null, more?: Record<string, Job>): Promise<void>;
export function runInWorker(worker: Worker, sandbox: string): Promise<unknown>;
