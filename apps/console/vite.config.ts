import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run dev` talks to a running server; `npm start` builds and serves the same files itself. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  server: { proxy: { '/api': process.env.DENGTA_SERVER ?? 'http://127.0.0.1:4510' } },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
  },
})
