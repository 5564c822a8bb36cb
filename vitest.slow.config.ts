import { defineConfig } from 'vitest/config'
import fast, { SLOW } from './vitest.config.ts'

export default defineConfig({
  test: { ...fast.test, include: SLOW, exclude: [] },
})
