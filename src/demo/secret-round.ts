import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Config, Services } from '../kernel/http/services.ts'
import { toText } from '../modules/ballots/format/bytes.ts'
import { nodePrimitives } from '../modules/ballots/format/primitives-node.ts'
import { scalarOf } from '../modules/ballots/format/seal.ts'
import { closeSecret, giveScrutineerKey, giveScrutineerSecret, publishSecret } from '../modules/ballots/public.ts'
import { drawPapers, myPaper } from '../modules/ballots/secret/draw.ts'
import { phoneFor } from '../modules/ballots/secret/phone.ts'
import { stopProcesses } from '../modules/ballots/secret/processes.ts'
import {
  announce,
  answerPlan,
  answerResult,
  ballotsOf,
  closeRace,
  convene,
  describeCandidate,
  drawUp,
  freezeRoll,
  issue,
  listCandidate,
  nameTellers,
  prepare,
  publicise,
  racesOf,
  report,
  setBallotMode,
  signIn,
  sittingsOf,
  submitPlan,
} from '../modules/elections/public.ts'
import { termsOf } from '../modules/organisation/public.ts'
import { addDays, workday } from './days.ts'
import { random } from './random.ts'
import type { DemoPerson, Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

const DELEGATES = 32

/**
 * Last year's by-election of two auditors, voted by phone in the hall: three scrutineers' keys, thirty ballots that anybody
 * can recount, the published set. The box and the registrar run for it on this machine alone and are gone afterwards.
 */
export async function electInSecret(
  services: Services,
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
): Promise<void> {
  const { box: _box, ...house } = services.config
  // Whatever address the demo is shown at: these phones are on this machine.
  const config: Config = { ...house, publicUrl: 'http://localhost', host: '127.0.0.1', port: 0, tls: null }
  try {
    await hold(config, tx, actorOf, units, roster, workday(`${year - 1}-09-24`))
  } finally {
    await stopProcesses(config)
  }
}

async function hold(
  config: Config,
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  heldOn: string,
): Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const [officer, county] = [hand('zuzhi'), hand('xianzhuxi')]
  const sender: Actor = { ...officer, accountId: 0 }
  const unitId = units.get('demo')!.id
  const people = await delegates(tx, unitId, roster, actorOf('huiyuan').personId!, heldOn)
  const [first, second, third, ...rest] = people
  const candidates = [first!, second!, third!]
  const scrutineers = rest.slice(0, 3)

  const election = await drawUp(tx, officer, {
    unitId,
    kind: 'fill',
    form: 'delegates',
    title: '云砺机械有限公司工会第九届经费审查委员会增补委员选举',
    heldOn,
    chairBy: 'committee',
    enterprise: true,
    reason: '两名经费审查委员退休',
    races: [{ post: 'audit', seats: 2 }],
  })
  const { id } = election
  const document = (number: number): string => `岚工组〔${heldOn.slice(0, 4)}〕${number}号`
  await submitPlan(tx, sender, id, addDays(heldOn, -45))
  await answerPlan(tx, county, id, { verb: '同意', document: document(21) }, addDays(heldOn, -38))
  const [race] = await racesOf(tx, id)
  const [assembly] = await sittingsOf(tx, id)
  for (const candidate of candidates) {
    await listCandidate(tx, officer, race!.id, candidate.id)
    const resume = `${candidate.branchName}会员，${candidate.joinedOn.slice(0, 4)}年入会，熟悉财务制度。`
    await describeCandidate(tx, officer, race!.id, candidate.id, { relation: 'none', resume }, addDays(heldOn, -25))
  }
  const roll = people.map((one) => one.id)
  await freezeRoll(tx, officer, assembly!.id, roll)
  await nameTellers(
    tx,
    officer,
    assembly!.id,
    scrutineers.map((one, at) => ({ personId: one.id, duty: at ? ('监票人' as const) : ('总监票人' as const) })),
  )
  await setBallotMode(tx, officer, assembly!.id, { mode: 'secret', venue: 'hall' })
  await publicise(tx, officer, id, addDays(heldOn, -16), addDays(heldOn, -16))
  await convene(tx, officer, id, heldOn)
  await signIn(tx, officer, assembly!.id, roll.slice(0, DELEGATES - 1), true)
  await prepare(tx, officer, assembly!.id)
  const voteId = (await ballotsOf(tx, id))[0]!.vote.id

  const keys = scrutineers.map((one) => ({ actor: voter(one), scalar: scalarOf(nodePrimitives.random(48)) }))
  for (const { actor, scalar } of keys)
    await giveScrutineerKey(tx, actor, voteId, toText(nodePrimitives.publicOf(scalar)))
  await issue(tx, officer, assembly!.id, heldOn, null, { config })
  await everybodyVotes(tx, config, voteId, people.slice(0, DELEGATES - 2))
  await closeSecret(tx, officer, voteId, config)
  for (const { actor, scalar } of keys.slice(0, 2)) await giveScrutineerSecret(tx, actor, voteId, toText(scalar))
  await publishSecret(tx, officer, voteId, config)

  await closeRace(tx, officer, race!.id, [])
  await announce(tx, officer, id, heldOn)
  await report(tx, sender, id, workday(addDays(heldOn, 2)))
  const answered = workday(addDays(heldOn, 11))
  await answerResult(tx, county, id, { verb: '同意', document: document(26), on: answered }, answered)
}

const voter = (person: Pick<DemoPerson, 'id' | 'name'>): Actor => ({
  accountId: 0,
  personId: person.id,
  name: person.name,
  grants: [],
  office: '会员代表',
  kind: 'operator',
})

/** Candidates first: people without an office; the demo's ordinary member among the others. */
async function delegates(
  tx: Tx,
  unitId: number,
  roster: Roster,
  member: number,
  heldOn: string,
): Promise<DemoPerson[]> {
  const known = new Set((await termsOf(tx, unitId)).flatMap((term) => term.officers.map((one) => one.personId)))
  const all = roster.people.filter(
    (one) =>
      one.union === 'demo' &&
      !one.retired &&
      one.joinedOn < addDays(heldOn, -400) &&
      !known.has(one.id) &&
      one.id !== member,
  )
  const step = Math.floor(all.length / DELEGATES)
  const chosen = Array.from({ length: DELEGATES - 1 }, (_, at) => all[at * step + 7]!)
  return [...chosen, roster.people.find((one) => one.id === member)!]
}

/** Draws for all, then casts in another order, as people do. */
async function everybodyVotes(tx: Tx, config: Config, voteId: number, people: readonly DemoPerson[]): Promise<void> {
  const draw = random('secret round')
  const cast: (() => Promise<unknown>)[] = []
  for (const person of people) {
    const paper = await myPaper(tx, { personId: person.id }, voteId, config)
    const phone = phoneFor(paper)
    const [answer] = await drawPapers(tx, { personId: person.id }, voteId, phone.request, config)
    const chance = draw.between(1, 10)
    const marks = chance <= 6 ? 'aao' : chance <= 8 ? 'aoa' : chance === 9 ? 'noa' : 'aan'
    cast.push(() => phone.cast(answer!.answer, { marks, names: [] }))
  }
  await Promise.all(cast.toReversed().map((one) => one()))
}
