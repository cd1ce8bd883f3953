import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The web app is built into `dist/`; while developing, /api/ goes to a server started separately (`API=http://…`). */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist',
    emptyOutDir: true,
    // test/bundle.test.ts adds up what each route loads from it.
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 800,
  },
  server: {
    proxy: { '^/api/': { target: process.env['API'] ?? 'http://127.0.0.1:8080' } },
  },
})
