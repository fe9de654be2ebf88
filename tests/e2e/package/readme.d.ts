// What `readmeExample` in vitest.config.ts makes of a README.
declare module "readme:*" {}
