import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout = 30_000) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    testTimeout,
    hookTimeout: 60_000,
    // What a page shows after a press may take longer than the usual second where several files share two cores.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks' as const,
  },
})

export default defineConfig({
  test: {
    // One database server for the whole run, however many projects and files take part.
    globalSetup: ['src/kernel/testing/global-setup.ts'],
    // Half a test's time is waiting (for PostgreSQL, for Chromium): three workers keep two cores busy.
    maxWorkers: 3,
    // Tests run as the product does: Node strips the types itself, nothing is bundled or rewritten.
    experimental: { viteModuleRunner: false },
    projects: [
      project('unit', ['src/**/*.test.ts', 'bin/**/*.test.ts']),
      // These start, kill and restore whole servers.
      project('architecture', ['test/*.test.ts'], 120_000),
      project('cases', ['test/cases/*.test.ts']),
      // A story is many pages long, on a machine that may be busy.
      project('e2e', ['test/e2e/*.test.ts'], 240_000),
    ],
  },
})
