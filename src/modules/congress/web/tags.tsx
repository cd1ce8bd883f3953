import type { ReactElement } from 'react'
import { StatusTag } from '../../../web/ui/values.tsx'
import { ITEM_OUTCOMES, SESSION_STATES, type ItemOutcome, type SessionState as State } from '../words.ts'
import type { Gate, Resolution } from './shapes.ts'

const tones: Record<State, '' | 'good' | 'warn' | 'bad' | 'info'> = {
  preparing: 'info',
  open: 'good',
  closed: '',
  cancelled: 'bad',
}
export const SessionState = ({ state }: { state: State }): ReactElement => (
  <StatusTag text={SESSION_STATES[state]} tone={tones[state]} />
)

export const ItemTag = ({ outcome }: { outcome: ItemOutcome | null }): ReactElement =>
  outcome ? (
    <StatusTag text={ITEM_OUTCOMES[outcome]} tone={outcome === 'failed' ? 'bad' : 'good'} />
  ) : (
    <StatusTag text="待审议" />
  )

const standings: Record<Resolution['standing'], [string, 'good' | 'warn' | 'info']> = {
  pending: ['待下次大会确认', 'warn'],
  coming: ['尚未施行', 'info'],
  'in-force': ['施行中', 'good'],
}
export const StandingTag = ({ standing }: { standing: Resolution['standing'] }): ReactElement => (
  <StatusTag text={standings[standing][0]} tone={standings[standing][1]} />
)

/** Presence against two thirds, with its sum. */
export function GateLine({ gate }: { gate: Gate }): ReactElement {
  return (
    <div className={`notice ${gate.holds ? 'good' : 'warn'}`}>
      <b>
        到会 {gate.present} 人，应到 {gate.expected} 人，{gate.holds ? '达到' : '不足'}三分之二（至少 {gate.needed} 人）
        {gate.holds ? '' : gate.blocks ? '，现在不能表决' : ''}
      </b>
      <ul className="faint">
        {[...gate.steps.slice(1), ...gate.notes].map((step) => (
          <li key={step}>{step.replace(/^\d+\. /, '')}</li>
        ))}
      </ul>
    </div>
  )
}
