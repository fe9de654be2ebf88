// The modules that the plugin `readmeExample` in vitest.config.ts makes from a README.
declare module "readme:*" {}
