import { describe, expect, it } from 'vitest'
import { operator, type Actor } from '../access/actor.ts'
import { testDatabase } from '../testing/database.ts'
import { share } from './arithmetic.ts'
import { rule } from './card.ts'
import { confirmations, confirmedNumbers, confirmRule, withdrawConfirmation } from './confirmations.ts'

const { db, ownerPool } = await testDatabase()
const officer: Actor = { ...operator('王芳'), accountId: 7, kind: 'person', office: '清河县总工会·主席' }
const card = rule({
  id: 'T-MEMORY',
  title: '到会人数',
  text: '…',
  source: '某条例',
  article: '第十七条',
  level: 'national',
  strength: 'block',
  verification: 'memory',
  from: '2016-10-09',
  subject: '选举',
  test: { kind: 'share', share: share.twoThirds, denominator: '应到会', counted: '到会' },
})

describe('a confirmation', () => {
  it('stands from a named officer with a document number until it is taken back', async () => {
    await db.transaction().execute((tx) => confirmRule(tx, officer, card, { documentNumber: ' 总工发〔2016〕27号 ' }))
    expect(await confirmedNumbers(db)).toEqual(new Map([['T-MEMORY', '总工发〔2016〕27号']]))
    expect((await confirmations(db)).get('T-MEMORY')).toMatchObject({
      officerName: '王芳',
      office: '清河县总工会·主席',
    })
    await db.transaction().execute((tx) => withdrawConfirmation(tx, officer, card, '文号有误'))
    expect(await confirmedNumbers(db)).toEqual(new Map())
    const { rows } = await ownerPool.query('select action, summary from kernel.audit order by id')
    expect(rows.map((row) => row.action)).toEqual(['rules.confirm', 'rules.withdraw'])
  })

  it('is refused from nobody in particular, without a number, or where nothing is open', async () => {
    const confirm = (actor: Actor, documentNumber: string, of = card) =>
      db.transaction().execute((tx) => confirmRule(tx, actor, of, { documentNumber }))
    await expect(confirm(operator(), '总工发〔2016〕27号')).rejects.toMatchObject({ code: 'officer-only' })
    await expect(confirm(officer, '  ')).rejects.toMatchObject({ code: 'document-number-missing' })
    await expect(confirm(officer, '1号', { ...card, verification: 'text' })).rejects.toMatchObject({
      code: 'nothing-to-confirm',
    })
    await expect(db.transaction().execute((tx) => withdrawConfirmation(tx, officer, card, '…'))).rejects.toMatchObject({
      code: 'not-confirmed',
    })
    expect(await confirmedNumbers(db)).toEqual(new Map())
  })

  it('cannot be edited, by nobody', async () => {
    await expect(
      ownerPool.query('update kernel.rule_confirmation set document_number = $1', ['x']),
    ).rejects.toMatchObject({ code: 'ZJ001' })
  })
})
