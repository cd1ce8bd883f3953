import { beforeAll } from 'vitest'
import type { PersonName } from '../../../kernel/testing/world.ts'
import type { motionsDesk } from './desk-for-tests.ts'

/** A drive, three departments, and a motion taken step by step to where a test begins. */
export function walk({ ask, must, unit, person }: Awaited<ReturnType<typeof motionsDesk>>) {
  const body = '南门停车场电动车无处充电，雨天拉线充电有隐患。'
  const departments = new Map<string, number>()
  const drive = { callId: 0 }

  beforeAll(async () => {
    const department = async (name: string, rest: object = {}): Promise<void> => {
      const made = await must('李强', '/api/motion-departments', { unitId: unit('east'), name, ...rest })
      departments.set(name, made.id)
    }
    // One with a head of its own, one that is a unit of the tree, one without any account.
    await department('行政后勤部', { headId: person('赵磊') })
    await department('铸造车间', { linkedUnitId: unit('east-1') })
    await department('财务部')
    drive.callId = (
      await must('李强', '/api/motion-calls', {
        unitId: unit('east'),
        session: '六届三次',
        opensOn: '2026-02-01',
        closesOn: '2026-03-31',
        meetsOn: '2026-04-08',
        minSeconders: 2,
        replyDays: 20,
      })
    ).id
  })

  /** A motion of 刘洋, seconded by 陈静 and 杨帆, handed in. */
  async function submitted(title: string, extra: object = {}): Promise<number> {
    const { id } = await must('刘洋', '/api/motions', {
      kind: 'motion',
      title,
      body,
      callId: drive.callId,
      seconderIds: [person('陈静'), person('杨帆')],
      ...extra,
    })
    for (const who of ['陈静', '杨帆'] as const) await must(who, `/api/motions/${id}/second`, { agreed: true })
    await must('刘洋', `/api/motions/${id}/submit`)
    return id
  }
  async function transferred(title: string, joint: string[] = []): Promise<number> {
    const id = await submitted(title)
    await must('李强', `/api/motions/${id}/file`, { category: '生活后勤' })
    await must('李强', `/api/motions/${id}/transfer`, {
      leader: '邵立群',
      leadId: departments.get('行政后勤部'),
      jointIds: joint.map((name) => departments.get(name)),
    })
    return id
  }
  const deed = (who: PersonName, id: number, name: string, payload: object = {}) =>
    ask(who, 'POST', `/api/motions/${id}/${name}`, payload)
  const stateOf = async (id: number) => (await ask('李强', 'GET', `/api/motions/${id}`)).body.state
  const given = { reply: '已在南门增设三十个充电车位，四月十日投入使用。', outcome: '已落实' }
  return { body, departments, drive, submitted, transferred, deed, stateOf, given }
}
