import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { enterCount } from '../modules/ballots/public.ts'
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
  nominate,
  prepare,
  publicise,
  racesOf,
  report,
  signIn,
  sittingsOf,
  submitPlan,
} from '../modules/elections/public.ts'
import { termsOf } from '../modules/organisation/public.ts'
import { addDays, workday } from './days.ts'
import type { Roster } from './roster.ts'
import type { DemoUnit } from './units.ts'

const DELEGATES = 120

/**
 * The company's by-election of this spring: two committee members by the delegates, from the plan to the county's answer,
 * counted by two. Officers act by their names; the demo's hand may do everything.
 */
export async function elect(
  tx: Tx,
  actorOf: (user: string) => Actor,
  units: ReadonlyMap<string, DemoUnit>,
  roster: Roster,
  year: number,
  today: string,
): Promise<void> {
  const hand = (user: string): Actor => ({ ...actorOf(user), kind: 'operator' })
  const [officer, clerk, county] = [hand('zuzhi'), hand('ganshi'), hand('xianzhuxi')]
  // Sent up in the officer's name but by the demo's hand: nobody is told of answers that are months old.
  const sender: Actor = { ...officer, accountId: 0 }
  const spring = workday(`${year}-04-16`)
  const heldOn = addDays(spring, 30) <= today ? spring : workday(`${year - 1}-04-16`)
  const unitId = units.get('demo')!.id
  const known = new Set((await termsOf(tx, unitId)).flatMap((term) => term.officers.map((one) => one.personId)))
  const members = roster.people.filter(
    (one) => one.union === 'demo' && !one.retired && one.joinedOn < addDays(heldOn, -400) && !known.has(one.id),
  )
  const step = Math.floor(members.length / (DELEGATES + 5))
  const chosen = Array.from({ length: DELEGATES + 5 }, (_, at) => members[at * step]!)
  const [first, second, third, watcher, counter] = chosen
  const candidates = [first!, second!, third!]

  const election = await drawUp(tx, officer, {
    unitId,
    kind: 'fill',
    form: 'delegates',
    title: '云砺机械有限公司工会第九届委员会增补委员选举',
    heldOn,
    chairBy: 'committee',
    enterprise: true,
    reason: '两名委员因工作调动离任',
    races: [{ post: 'member', seats: 2 }],
  })
  const { id } = election
  await submitPlan(tx, sender, id, addDays(heldOn, -50))
  await answerPlan(
    tx,
    county,
    id,
    { verb: '同意', document: `岚工组〔${heldOn.slice(0, 4)}〕7号` },
    addDays(heldOn, -40),
  )
  const [race] = await racesOf(tx, id)
  const [assembly] = await sittingsOf(tx, id)
  for (const [at, code] of ['D01', 'D05', 'D12'].entries())
    await nominate(
      tx,
      officer,
      race!.id,
      units.get(code)!.id,
      candidates.slice(0, at + 1).map((one) => one.id),
    )
  for (const candidate of candidates) {
    await listCandidate(tx, officer, race!.id, candidate.id)
    await describeCandidate(
      tx,
      officer,
      race!.id,
      candidate.id,
      {
        relation: 'none',
        resume: `${candidate.branchName}会员，${candidate.joinedOn.slice(0, 4)}年入会，多次参加职工代表巡视。`,
      },
      addDays(heldOn, -25),
    )
  }
  const roll = chosen.slice(0, DELEGATES).map((one) => one.id)
  await freezeRoll(tx, officer, assembly!.id, roll)
  await nameTellers(tx, officer, assembly!.id, [
    { personId: watcher!.id, duty: '总监票人' },
    { personId: counter!.id, duty: '计票人' },
  ])
  await publicise(tx, officer, id, addDays(heldOn, -16), addDays(heldOn, -16))
  await convene(tx, officer, id, heldOn)
  await signIn(tx, officer, assembly!.id, roll.slice(0, 113), true)
  await prepare(tx, officer, assembly!.id)
  await issue(tx, officer, assembly!.id, heldOn)
  const [ballot] = await ballotsOf(tx, id)
  const yes = [97, 81, 34]
  const sheet = {
    issued: 113,
    returned: 113,
    valid: 112,
    invalid: 1,
    items: candidates.map((one, at) => ({
      key: `p${one.id}`,
      yes: yes[at]!,
      no: 112 - yes[at]! - 2,
      abstain: 2,
    })),
    writeIns: [],
  }
  for (const teller of [clerk, officer]) await enterCount(tx, teller, ballot!.vote.id, 'main', sheet)
  await closeRace(tx, officer, race!.id, [])
  await announce(tx, officer, id, heldOn)
  await report(tx, sender, id, workday(addDays(heldOn, 3)))
  const answered = workday(addDays(heldOn, 12))
  await answerResult(
    tx,
    county,
    id,
    { verb: '同意', document: `岚工组〔${heldOn.slice(0, 4)}〕15号`, on: answered },
    answered,
  )
}
