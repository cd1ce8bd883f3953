import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { allows, declarePermissions, visibleTo } from '../access/access.ts'
import { fixedClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { smallWorld } from './world.ts'

const { db, ownerPool } = await testDatabase()
const world = await smallWorld(ownerPool)
declarePermissions([{ name: 'care.read', title: '查看走访慰问' }])

test('an officer sees the people below the office, in the list as in the single answer', async () => {
  const seenBy = async (name: '王芳' | '李强' | '张敏' | '刘洋'): Promise<string[]> => {
    const seen = visibleTo(world.as(name), 'care.read', 'unit_id', 'id')
    const { rows } = await sql<{ name: string }>`select name from members.person where ${seen} order by id`.execute(db)
    return rows.map((row) => row.name)
  }
  expect(await seenBy('王芳')).toHaveLength(12)
  expect(await seenBy('李强')).toEqual(['李强', '张敏', '刘洋', '陈静', '杨帆', '赵磊'])
  expect(await seenBy('张敏')).toEqual(['张敏', '刘洋', '陈静'])
  expect(await seenBy('刘洋')).toEqual(['刘洋'])
  expect(await allows(db, world.as('李强'), 'care.read', world.unit('east-1'))).toBe(true)
  expect(await allows(db, world.as('李强'), 'care.read', world.unit('south'))).toBe(false)
  expect(await allows(db, world.as('李强', []), 'care.read', world.unit('east-1'))).toBe(false)
})

test('the clock stands still in Shanghai and moves when told', () => {
  const clock = fixedClock('2026-01-01T00:30')
  expect(clock.today()).toBe('2026-01-01')
  expect(clock.now().toISOString()).toBe('2025-12-31T16:30:00.000Z')
  clock.set('2026-12-31')
  expect(clock.today()).toBe('2026-12-31')
})
