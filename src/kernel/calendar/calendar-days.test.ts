import { describe, expect, it } from 'vitest'
import { operator } from '../access/actor.ts'
import { testDatabase } from '../testing/database.ts'
import { forgetCalendarDay, loadCalendar, setCalendarDays } from './calendar-days.ts'

const { db, ownerPool } = await testDatabase()
const holiday = {
  day: '2027-02-08',
  kind: 'work',
  name: '春节',
  source: '国办发明电〔2026〕1号',
  verification: 'text',
} as const

describe('the calendar in the database', () => {
  it('takes corrections over what ships, keeps a trace, and gives them back', async () => {
    expect((await loadCalendar(db)).isWorkingDay('2027-02-08')).toBe(false)
    await db.transaction().execute((tx) => setCalendarDays(tx, operator(), [holiday]))
    expect((await loadCalendar(db)).isWorkingDay('2027-02-08')).toBe(true)
    await db.transaction().execute((tx) => setCalendarDays(tx, operator(), [{ ...holiday, kind: 'rest' }]))
    expect((await loadCalendar(db)).isWorkingDay('2027-02-08')).toBe(false)
    await db.transaction().execute((tx) => forgetCalendarDay(tx, operator(), '2027-02-08'))
    expect((await loadCalendar(db)).about('2027-02-08')?.source).toBe('全国年节及纪念日放假办法')
    const { rows } = await ownerPool.query("select action from kernel.audit where object_kind = 'calendar' order by id")
    expect(rows.map((row) => row.action)).toEqual(['calendar.set', 'calendar.set', 'calendar.forget'])
  })

  it('refuses a day that does not exist or has no source, and writes nothing', async () => {
    for (const bad of [
      { ...holiday, day: '2027-02-30' },
      { ...holiday, source: ' ' },
    ])
      await expect(
        db.transaction().execute((tx) => setCalendarDays(tx, operator(), [holiday, bad])),
      ).rejects.toMatchObject({
        code: 'bad-calendar-day',
      })
    const { rows } = await ownerPool.query('select 1 from kernel.calendar_day')
    expect(rows).toEqual([])
  })
})
