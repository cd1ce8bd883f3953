import { expect, test } from 'vitest'
import { holds, lookForLeaks } from './secrecy/run.ts'

test(
  'no channel leads from a ballot to its voter, and every search finds a planted leak',
  { timeout: 240_000 },
  async () => {
    const looked = await lookForLeaks()
    expect(looked.filter((one) => !holds(one))).toEqual([])
    expect(looked.length).toBeGreaterThan(14)
  },
)
