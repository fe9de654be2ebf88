interface ImportMetaEnv {
  /** The URL of the sandbox, if it differs from the default. */
  readonly VITE_SANDBOX_URL?: string;
}
