interface ImportMetaEnv {
  /** Where the sandbox is, if not at its usual address. */
  readonly VITE_SANDBOX_URL?: string;
}
