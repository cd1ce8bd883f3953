import type { PersonName } from '../../../kernel/testing/world.ts'
import type { Office } from './desk-for-tests.ts'

/** Day of the elections that the tests hold. */
export const heldOn = '2026-03-20'
const STANDING: PersonName[] = ['李强', '刘洋', '陈静', '杨帆']

/** An election taken step by step to where a test begins, at the eastern union's office. */
export function walk({ ask, does, counted, world }: Office) {
  const plan = (more: object = {}) => ({
    unitId: world.unit('east'),
    kind: 'term',
    form: 'members',
    ordinal: 7,
    termYears: 5,
    heldOn,
    races: [
      { post: 'member', seats: 3 },
      { post: 'chair', seats: 1 },
    ],
    ...more,
  })
  const detail = async (id: number, who: PersonName = '李强') => (await ask(who, 'GET', `/api/elections/${id}`)).body
  const raceOf = (shown: any, post: string) => shown.races.find((race: any) => race.post === post)
  const sittingOf = (shown: any, kind: string) => shown.sittings.find((sitting: any) => sitting.kind === kind)
  const voteOf = (shown: any, post: string) =>
    shown.ballots.filter((ballot: any) => ballot.raceId === raceOf(shown, post).id).at(-1).vote
  const tellers = (...names: PersonName[]) => ({
    tellers: names.map((name, index) => ({ personId: world.person(name), duty: index ? '计票人' : '监票人' })),
  })
  /** A sheet on which everybody present marked every line. */
  const sheet = (yes: Partial<Record<PersonName, number>>, valid: number, more: object = {}) => ({
    issued: valid,
    returned: valid,
    valid,
    items: Object.entries(yes).map(([name, n]) => ({
      key: `p${world.person(name as PersonName)}`,
      yes: n,
      no: valid - n!,
    })),
    ...more,
  })

  /** An election whose assembly is about to begin; everybody has signed in. */
  async function assembled(more: object = {}, candidates: readonly PersonName[] = STANDING): Promise<number> {
    const { id } = await does('李强', 'POST', '/api/elections', plan(more))
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意', document: '清工发〔2026〕3号' })
    const race = raceOf(await detail(id), 'member')
    for (const name of candidates) {
      await does('李强', 'POST', `/api/races/${race.id}/candidates`, { personId: world.person(name) })
      await does('李强', 'PUT', `/api/races/${race.id}/candidates/${world.person(name)}`, { relation: 'none' })
    }
    const assembly = sittingOf(await detail(id), 'assembly')
    await does('李强', 'POST', `/api/sittings/${assembly.id}/roll`)
    await does('李强', 'PUT', `/api/sittings/${assembly.id}/tellers`, tellers('张敏', '赵磊'))
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    const { members } = (await ask('李强', 'GET', `/api/sittings/${assembly.id}/members`)).body
    await does('李强', 'POST', `/api/sittings/${assembly.id}/present`, {
      personIds: members.map((one: any) => one.personId),
      present: true,
    })
    return id
  }
  /** The assembly's papers are out. */
  async function issued(more: object = {}): Promise<number> {
    const id = await assembled(more)
    const assembly = sittingOf(await detail(id), 'assembly')
    await does('李强', 'POST', `/api/sittings/${assembly.id}/prepare`)
    await does('李强', 'POST', `/api/sittings/${assembly.id}/issue`)
    return id
  }
  /** The committee is elected. */
  async function elected(): Promise<number> {
    const id = await issued()
    const shown = await detail(id)
    await counted(voteOf(shown, 'member').id, ['张敏', '赵磊'], sheet({ 李强: 6, 刘洋: 5, 陈静: 4, 杨帆: 1 }, 6))
    await does('李强', 'POST', `/api/races/${raceOf(shown, 'member').id}/close`)
    return id
  }
  /**
   * Delegates of the eastern union's foundry, elected and announced: who stands, with the votes of the three who vote there.
   */
  async function delegatesElected(
    post: 'delegate' | 'staff-delegate',
    seats: number,
    standing: Partial<Record<PersonName, number>>,
  ): Promise<number> {
    const { id } = await does('李强', 'POST', '/api/elections', {
      ...plan(),
      kind: 'delegates',
      ordinal: null,
      termYears: null,
      races: [{ post, seats, unitId: world.unit('east-1') }],
    })
    await does('李强', 'POST', `/api/elections/${id}/submit`)
    await does('王芳', 'POST', `/api/elections/${id}/plan-answer`, { verb: '同意' })
    const shown = await detail(id)
    const sitting = sittingOf(shown, 'unit').id
    const race = raceOf(shown, post).id
    for (const name of Object.keys(standing) as PersonName[]) {
      await does('李强', 'POST', `/api/races/${race}/candidates`, { personId: world.person(name) })
      await does('李强', 'PUT', `/api/races/${race}/candidates/${world.person(name)}`, { relation: 'none' })
    }
    await does('李强', 'POST', `/api/sittings/${sitting}/roll`)
    await does('李强', 'PUT', `/api/sittings/${sitting}/tellers`, tellers('李强', '赵磊'))
    await does('李强', 'POST', `/api/elections/${id}/publicity`, { on: '2026-03-06' })
    await does('李强', 'POST', `/api/elections/${id}/convene`)
    await does('李强', 'POST', `/api/sittings/${sitting}/present`, {
      personIds: [world.person('张敏'), world.person('刘洋'), world.person('陈静')],
      present: true,
    })
    await does('李强', 'POST', `/api/sittings/${sitting}/prepare`)
    await does('李强', 'POST', `/api/sittings/${sitting}/issue`)
    await counted(voteOf(await detail(id), post).id, ['李强', '赵磊'], sheet(standing, 3))
    await does('李强', 'POST', `/api/races/${race}/close`)
    await does('李强', 'POST', `/api/elections/${id}/announce`)
    return id
  }
  return { plan, delegatesElected, detail, raceOf, sittingOf, voteOf, tellers, sheet, assembled, issued, elected }
}
